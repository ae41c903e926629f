package audit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Control is the name of the visit that does nothing.
const Control = "nothing"

// Options are what an audit is given.
type Options struct {
	// Site is scheme and host, as in "https://shop.example".
	Site string
	// Script is what is played; one without pages is made by DefaultScript.
	Script Script
	// Transport passes on what the browser sends; nil means http.DefaultTransport.
	Transport *http.Transport
	// Progress, unless nil, is called before each visit that is played: its name, how many were played, and how many there
	// are, as far as is known.
	Progress func(visit string, done, total int)
}

// Run plays the visits and compares them. Its errors say that the audit could not be made; what it found is in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	site, err := siteOf(o.Site)
	if err != nil {
		return nil, fmt.Errorf("site %q: %w", o.Site, err)
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport.(*http.Transport)
	}
	script := o.Script
	if len(script.Pages) == 0 {
		if script, err = DefaultScript(ctx, &http.Client{Transport: o.Transport, Timeout: 30 * time.Second}, site.String()); err != nil {
			return nil, err
		}
	}
	a := &auditor{
		o: o, script: script, total: len(script.Visits) + 2,
		player: player{site: site, pages: script.Pages, stay: stays(script), out: o.Transport, unanswered: map[string]error{}},
	}
	return a.run(ctx)
}

type auditor struct {
	player
	o           Options
	script      Script
	done, total int
	varies      variation
}

func (a *auditor) next(ctx context.Context, v Visit) (*play, error) {
	if a.o.Progress != nil {
		a.o.Progress(v.Name, a.done, a.total)
	}
	a.done++
	return a.play(ctx, v)
}

func (a *auditor) run(ctx context.Context) (*Report, error) {
	control := Visit{Name: Control}
	one, err := a.next(ctx, control)
	if err != nil {
		return nil, err
	}
	plays := make([]*play, len(a.script.Visits))
	for i, visit := range a.script.Visits {
		if plays[i], err = a.next(ctx, visit); err != nil {
			return nil, err
		}
	}
	// Last, so that what changes with the time of day lies between the two.
	two, err := a.next(ctx, control)
	if err != nil {
		return nil, err
	}
	a.varies.learn(one, two)
	suspects := make([][]difference, len(a.script.Visits))
	again := false
	for i, p := range plays {
		if suspects[i] = compare(one, p, &a.varies); len(suspects[i]) > 0 {
			again = true
			a.total++
		}
	}
	report := a.report(one)
	if again {
		a.total++
		three, err := a.next(ctx, control)
		if err != nil {
			return nil, err
		}
		a.varies.learn(one, three)
		a.varies.learn(two, three)
		for i, visit := range a.script.Visits {
			if len(suspects[i]) == 0 {
				continue
			}
			p, err := a.next(ctx, visit)
			if err != nil {
				return nil, err
			}
			report.judge(visit.Name, a.script.Pages, suspects[i], compare(three, p, &a.varies), &a.varies)
		}
	}
	report.Varies = a.varies.places
	report.Nabij = a.nabij
	for _, host := range slices.Sorted(maps.Keys(a.unanswered)) {
		report.Unanswered = append(report.Unanswered, Unanswered{host, a.unanswered[host].Error()})
	}
	return report, nil
}

func (a *auditor) report(control *play) *Report {
	r := &Report{Site: a.site.String(), Pages: a.script.Pages}
	for _, v := range a.script.Visits {
		r.Visits = append(r.Visits, v.Name)
	}
	hosts := map[string]bool{}
	for _, page := range control.pages {
		for _, s := range page {
			if s.Kind == Request {
				r.Requests++
				hosts[s.Origin] = true
			}
		}
	}
	r.Hosts = len(hosts)
	return r
}

// stays returns how long every visit stays on each page, so that what a page does in time by itself it does in all of them.
func stays(s Script) []time.Duration {
	const load, each = 1500 * time.Millisecond, 300 * time.Millisecond
	longest := make([]time.Duration, len(s.Pages))
	for i, page := range s.Pages {
		for _, v := range s.Visits {
			sum := load
			for _, step := range v.on(page) {
				sum += cmp.Or(step.Wait, each)
			}
			longest[i] = max(longest[i], sum)
		}
	}
	return longest
}
