package learn

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rawEvent is an event as a log spells it.
type rawEvent struct {
	who     string // its session, or its visitor
	visitor bool
	item    string
	time    string
}

// The names that fields go by, the first that is there counts.
var (
	sessionNames = []string{"session_id", "session", "visit_id", "visit", "order_id", "transaction_id", "invoice"}
	visitorNames = []string{"visitor_id", "visitor", "user_id", "client_id", "customer_id", "user_pseudo_id"}
	itemNames    = []string{"item_id", "item", "product_id", "sku", "stock_code"}
	timeNames    = []string{"unix_time_s", "unix_time", "timestamp", "time", "event_time", "created_at", "date"}
)

// missing says which field is not among the names, or "".
func missing(has func(name string) bool) string {
	for _, field := range []struct {
		what  string
		names []string
	}{
		{"session or visitor", slices.Concat(sessionNames, visitorNames)}, {"item", itemNames}, {"time", timeNames},
	} {
		if !slices.ContainsFunc(field.names, has) {
			return fmt.Sprintf("no %s: want one of %s", field.what, strings.Join(field.names, ", "))
		}
	}
	return ""
}

// readTable reads a table with a header row.
func readTable(in *bufio.Reader, each func(line int, e rawEvent) error) error {
	head, _ := in.Peek(in.Size())
	header, _, _ := bytes.Cut(head, []byte("\n"))
	r := csv.NewReader(in)
	r.ReuseRecord = true
	for _, delimiter := range []rune{'\t', ';'} {
		if bytes.ContainsRune(header, delimiter) {
			r.Comma = delimiter
		}
	}
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	} else if err != nil {
		return err
	}
	at := map[string]int{}
	for k, name := range names {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))), " ", "_")
		if _, taken := at[name]; !taken {
			at[name] = k
		}
	}
	if what := missing(func(name string) bool { _, ok := at[name]; return ok }); what != "" {
		return fmt.Errorf("the header row has %s", what)
	}
	column := func(names []string) int {
		for _, name := range names {
			if k, ok := at[name]; ok {
				return k
			}
		}
		return -1
	}
	who, item, when := column(sessionNames), column(itemNames), column(timeNames)
	visitor := who < 0
	if visitor {
		who = column(visitorNames)
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		if err := each(line, rawEvent{who: cells[who], visitor: visitor, item: cells[item], time: cells[when]}); err != nil {
			return err
		}
	}
}

// maxObject is the most bytes of one line of JSON.
const maxObject = 1 << 20

// readObjects reads JSON Lines.
func readObjects(in *bufio.Reader, each func(line int, e rawEvent) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxObject)
	for line := 1; lines.Scan(); line++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(text, &members); err != nil {
			return fmt.Errorf("line %d: no JSON object: %w", line, err)
		}
		if what := missing(func(name string) bool { return members[name] != nil }); what != "" {
			return fmt.Errorf("line %d has %s", line, what)
		}
		get := func(names []string) (string, bool) {
			for _, name := range names {
				if value := members[name]; value != nil {
					var s string
					if json.Unmarshal(value, &s) != nil {
						s = string(value)
					}
					return s, true
				}
			}
			return "", false
		}
		var e rawEvent
		var ok bool
		if e.who, ok = get(sessionNames); !ok {
			e.who, _ = get(visitorNames)
			e.visitor = true
		}
		e.item, _ = get(itemNames)
		e.time, _ = get(timeNames)
		if err := each(line, e); err != nil {
			return err
		}
	}
	return lines.Err()
}

// timeLayouts are those of times that are no numbers.
var timeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05 MST", time.DateOnly}

// parseTime returns a time in seconds of Unix time.
func parseTime(s string) (int64, error) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		switch {
		case n < 0:
			return 0, fmt.Errorf("time %q is negative; want seconds since 1970, or a date and time", s)
		case n >= 1e17:
			return 0, fmt.Errorf("time %q is no time; want seconds, milliseconds or microseconds since 1970", s)
		case n >= 1e14:
			n /= 1e6
		case n >= 1e11:
			n /= 1e3
		case n != n:
			return 0, fmt.Errorf("time %q is no time; want seconds since 1970, or a date and time", s)
		}
		return int64(n), nil
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			if t.Unix() < 0 {
				return 0, fmt.Errorf("time %q is before 1970", s)
			}
			return t.Unix(), nil
		}
	}
	return 0, fmt.Errorf("time %q is no time; want seconds since 1970, or a date and time as in 2026-11-25T09:00:00Z", s)
}
