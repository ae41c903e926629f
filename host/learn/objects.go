package learn

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// maxObject is the most bytes of one line of JSON.
const maxObject = 1 << 20

// readObjects reads JSON Lines.
func readObjects(in *bufio.Reader, l *layout, put func(*event) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxObject)
	row, values, has := l.begin(), make([]string, len(l.fields)), make([]bool, len(l.fields))
	for line := 1; lines.Scan(); line++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(text, &members); err != nil {
			return &lineError{line, fmt.Errorf("no JSON object: %w", err)}
		}
		for f := range l.fields {
			values[f], has[f] = "", false
			for _, name := range l.fields[f].names {
				if value := members[name]; value != nil && string(value) != "null" {
					values[f], has[f] = textOf(value), true
					break
				}
			}
		}
		if what := l.missing(has); what != "" {
			return &lineError{line, errors.New("it has " + what)}
		}
		if err := row(values, has, put); err != nil {
			return &lineError{line, err}
		}
	}
	return lines.Err()
}

// textOf returns a member's text, or anything else as JSON spells it.
func textOf(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) != nil {
		s = string(value)
	}
	return s
}
