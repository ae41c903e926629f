package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/wasm/abi"
)

// maxLine is the most bytes of a visit's line: text is at most core.MaxText, ids at most pack.MaxString.
const maxLine = 1 << 20

// visit is a visit's file with its names looked up.
type visit struct {
	name    string // for messages
	lines   []int  // of signals, from 1
	signals []core.Signal
}

// eventFields are the members of a line.
var eventFields = []string{"at_ms", "signal", "item", "topic", "facet", "text", "value"}

// openVisit reads the visit's file at path, or standard input where that is "-".
func openVisit(cmd *cobra.Command, e *host.Engine, path string) (*visit, error) {
	if path == "-" {
		return readVisit(e, "standard input", cmd.InOrStdin())
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readVisit(e, path, f)
}

// readVisit reads a visit's lines. An error names file, line and field, and what was seen there.
func readVisit(e *host.Engine, name string, r io.Reader) (*visit, error) {
	v := &visit{name: name}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, maxLine)
	number := 0
	for scanner.Scan() {
		number++
		line := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		event, err := parseEvent(line)
		if err == nil {
			var s core.Signal
			if s, err = lookUp(e, event); err == nil {
				v.lines, v.signals = append(v.lines, number), append(v.signals, s)
				continue
			}
		}
		return nil, fmt.Errorf("%s:%d: %w", name, number, err)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, number+1, err)
	}
	return v, nil
}

// parseEvent reads one line of a visit.
func parseEvent(line []byte) (host.Event, error) {
	var event host.Event
	var members map[string]json.RawMessage
	if err := json.Unmarshal(line, &members); err != nil {
		return event, fmt.Errorf(`not a JSON object (%w); want a line such as {"at_ms": 0, "signal": "view", "item": "…"}`, err)
	}
	for field := range members {
		if !isOneOf(field, eventFields) {
			return event, fmt.Errorf("there is no field %q%s; the fields are %s",
				field, didYouMean(nearest(field, eventFields)), strings.Join(eventFields, ", "))
		}
	}
	if err := json.Unmarshal(line, &event); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			want := "text"
			if wrong.Field == "at_ms" || wrong.Field == "value" {
				want = "a whole number that is not negative"
			}
			return event, fmt.Errorf("%s: got %s, want %s", wrong.Field, members[wrong.Field], want)
		}
		return event, err
	}
	return event, nil
}

func isOneOf(s string, names []string) bool {
	for _, n := range names {
		if n == s {
			return true
		}
	}
	return false
}

// lookUp returns the signal of an event.
func lookUp(e *host.Engine, event host.Event) (core.Signal, error) {
	kind, ok := core.ParseSignalKind(event.Signal)
	if !ok {
		return core.Signal{}, fmt.Errorf("signal: got %q, which is no kind of signal%s; the kinds are %s",
			event.Signal, didYouMean(nearest(event.Signal, signalNames())), strings.Join(signalNames(), ", "))
	}
	s := core.NewSignal(kind, event.AtMs)
	s.Value = event.Value
	if event.Text != "" {
		s.Text = []byte(event.Text)
	}
	var err error
	if event.Item != "" {
		if s.Item, err = findItem(e, event.Item); err != nil {
			return s, fmt.Errorf("item: %w", err)
		}
	}
	if event.Topic != "" {
		if s.Topic, err = findTopic(e, event.Topic); err != nil {
			return s, fmt.Errorf("topic: %w", err)
		}
	}
	if event.Facet != "" {
		if event.Topic != "" {
			return s, fmt.Errorf("facet: a signal has a topic or a facet; make it two lines")
		}
		if kind != core.Preference {
			return s, fmt.Errorf("facet: a %s has none; only a preference is of a facet", kind)
		}
		if s.Topic, ok = e.FindFacet(event.Facet); !ok {
			return s, fmt.Errorf("facet: the pack has no facet %q%s", event.Facet, otherFacets(e, event.Facet))
		}
	}
	return s, nil
}

func signalNames() []string {
	var names []string
	for k := core.View; k < core.SignalCount; k++ {
		names = append(names, k.String())
	}
	return names
}

func findItem(e *host.Engine, name string) (uint32, error) {
	if item, ok := e.FindItem(name); ok {
		return item, nil
	}
	return pack.NoItem, fmt.Errorf("got %q, but the pack has no item with that id or URL%s", name, didYouMean(nearItems(e, name)))
}

func findTopic(e *host.Engine, name string) (uint16, error) {
	if topic, ok := e.FindTopic(name); ok {
		return topic, nil
	}
	near := didYouMean(nearTopics(e, name))
	return pack.NoTopic, fmt.Errorf("got %q, which is the path or only name of no topic%s", name, near)
}

// observe gives the visit's signals to a session. An error names the line.
func (v *visit) observe(ctx context.Context, s *host.Session) ([]core.Outcome, error) {
	outcomes, err := s.Observe(ctx, v.signals...)
	var refused *abi.Failure
	if errors.As(err, &refused) && refused.Index >= 0 && refused.Index < len(v.lines) {
		return nil, fmt.Errorf("%s:%d: %s", v.name, v.lines[refused.Index], refused.Unwrap())
	}
	return outcomes, err
}

// end returns the time of the newest signal, and the page that the visit is on: the item and topic of the last view.
func (v *visit) end() (atMs uint64, item uint32, topic uint16) {
	item, topic = pack.NoItem, pack.NoTopic
	for _, s := range v.signals {
		atMs = max(atMs, s.AtMs)
		if s.Kind == core.View {
			item, topic = s.Item, s.Topic
		}
	}
	return atMs, item, topic
}

// tellDropped says which signals do not count, and why.
func (v *visit) tellDropped(w io.Writer, outcomes []core.Outcome) {
	for i, o := range outcomes {
		if o != core.Counted {
			fmt.Fprintf(w, "%s:%d: %s does not count: %s\n", v.name, v.lines[i], v.signals[i].Kind, left(o))
		}
	}
}
