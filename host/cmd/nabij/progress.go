package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how far long work is; anywhere else it says nothing.
type progress struct {
	w     io.Writer
	what  string
	total int64
	done  int64
	bar   *progressbar.ProgressBar
}

// progressOf returns a progress on w, which may be no terminal.
func progressOf(w io.Writer) *progress {
	if !isTerminal(w) {
		return new(progress)
	}
	return &progress{w: w}
}

// show says that done of total are done of what; total 0 is not known.
func (p *progress) show(what string, done, total int64) {
	if p.w == nil {
		return
	}
	if p.bar == nil || p.what != what || p.total != total || done < p.done {
		p.end()
		p.what, p.total = what, total
		most := total
		if most <= 0 {
			most = -1
		}
		p.bar = progressbar.NewOptions64(most,
			progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription(what),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(total > 0),
			progressbar.OptionShowBytes(what == reading), // and so many a second
		)
	}
	p.done = done
	_ = p.bar.Set64(done) // a bar that cannot be drawn is no reason to stop
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar, p.done = nil, 0
	}
}
