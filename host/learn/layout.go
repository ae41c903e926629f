package learn

import (
	"fmt"
	"strings"
)

// layout says what of each row of a table, or of each object, is read, and how that becomes events.
type layout struct {
	// fields are what is read.
	fields []field
	// needs are what rows cannot do without.
	needs []need
	// begin returns what makes events of rows, one after another.
	begin func() rowReader
}

// field is something that rows may have.
type field struct {
	// names are those that it goes by, in lower case with underscores; the first that is there counts.
	names []string
}

// need is something of which at least one field must be there.
type need struct {
	what string
	of   []int // fields
}

// rowReader makes events of a row: of each field its value, "" for none, and whether the row has it. Both are valid until it returns.
type rowReader func(values []string, has []bool, put func(*event) error) error

// missing says what is missing of what rows cannot do without, or "".
func (l *layout) missing(has []bool) string {
	for _, n := range l.needs {
		found := false
		var names []string
		for _, f := range n.of {
			found = found || has[f]
			names = append(names, l.fields[f].names...)
		}
		if !found {
			return fmt.Sprintf("no %s: want one of %s", n.what, strings.Join(names, ", "))
		}
	}
	return ""
}
