package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// pipedWidth is how many columns output has where there is no terminal to fit.
const pipedWidth = 120

// leastWidth is below which tables do not shrink.
const leastWidth = 60

// isTerminal reports whether a person is looking at w.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// widthOf returns how many columns w has.
func widthOf(w io.Writer) int {
	if isTerminal(w) {
		if columns, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil && columns > 0 {
			return max(columns, leastWidth)
		}
	}
	return pipedWidth
}

// style wraps text in colours, or not.
type style bool

// styleOf returns colours for a terminal, unless the environment has NO_COLOR (https://no-color.org).
func styleOf(w io.Writer) style {
	return style(isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
}

func (s style) wrap(code, text string) string {
	if !s || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string   { return s.wrap("1", text) }
func (s style) faint(text string) string  { return s.wrap("2", text) }
func (s style) green(text string) string  { return s.wrap("32", text) }
func (s style) yellow(text string) string { return s.wrap("33", text) }
func (s style) cyan(text string) string   { return s.wrap("36", text) }
