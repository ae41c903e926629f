package learn

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
)

// format is a kind of log.
type format struct {
	// name is what it is forced by, what says what it is, and mark by what it is recognised.
	name, what, mark string
	// tells reports whether names of columns, or of the members of the first object, are its.
	tells func(has func(name string) bool) bool
	// unsorted says that its events may be in any order.
	unsorted bool
	// pages says that it names items by pages alone, which a catalogue must tell.
	pages bool

	// A format has one of these.
	layout *layout                           // rows or flat objects
	object func() objectReader               // objects with objects in them
	nested func() nestedReader               // the same, in columns
	line   func(key maphash.Seed) lineReader // lines that are neither
}

// formats are all formats, in the order in which they are tried. A table is what is left.
var formats []*format

func init() {
	formats = []*format{&ga4Objects, &ga4Columns, &matomoVisits, &matomoRows, &snowplow, &shopify, &wooOrders, &wooRows, &accessLog, &table}
}

// Format is a kind of log that Read takes.
type Format struct {
	// Name is what ReadOptions.Format takes.
	Name string
	// What says what it is, and Mark by what it is recognised.
	What, Mark string
}

// Formats returns the kinds of logs that Read takes.
func Formats() []Format {
	var out []Format
	for _, f := range formats {
		if !slices.ContainsFunc(out, func(o Format) bool { return o.Name == f.name }) {
			out = append(out, Format{f.name, f.what, f.mark})
		}
	}
	return out
}

// choose returns the first format of that name, or of any if it is empty, that the container can hold and that knows the names.
func choose(name string, holds func(*format) bool, names []string) (*format, error) {
	has := func(name string) bool { return slices.Contains(names, name) }
	var forced *format
	for _, f := range formats {
		if name != "" && f.name != name || !holds(f) {
			continue
		}
		if f.tells(has) {
			return f, nil
		}
		if forced == nil {
			forced = f // it says itself what is missing
		}
	}
	if forced == nil {
		return nil, fmt.Errorf("it is of a kind that %s does not come in; %s", name, knownFormats())
	}
	return forced, nil
}

// lacks returns an error that says what a log lacks; what was taken for a table for want of a better may have been meant as something else.
func (f *format) lacks(what string) error {
	if f == &table {
		return fmt.Errorf("%s; if it is no table of events: %s", what, knownFormats())
	}
	return fmt.Errorf("%s, as %s has it: %s", what, f.name, f.mark)
}

// knownFormats says for a person which there are.
func knownFormats() string {
	var b strings.Builder
	b.WriteString("the formats that are known are recognised by")
	for _, f := range Formats() {
		fmt.Fprintf(&b, "\n  %-12s %s", f.Name, f.Mark)
	}
	return b.String()
}
