package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Event is a signal as a visit's file spells it, a line of JSON each:
//
//	{"at_ms":0,"signal":"view","item":"ocean-blue-shirt"}
//	{"at_ms":12000,"signal":"search","text":"rain jacket"}
//	{"at_ms":30000,"signal":"dismissed","topic":"Clothing > Shirts"}
//	{"at_ms":40000,"signal":"preference","facet":"colour:blue","value":100}
type Event struct {
	// AtMs is when, as in core.Signal.
	AtMs uint64 `json:"at_ms"`
	// Signal is the kind's name, as in "basket-add".
	Signal string `json:"signal"`
	// Item is an identifier or URL of the site's; empty for none.
	Item string `json:"item,omitempty"`
	// Topic is a path or unambiguous name; empty for none.
	Topic string `json:"topic,omitempty"`
	// Facet is the name of a facet that a preference is of, as FindFacet takes it; empty for none.
	Facet string `json:"facet,omitempty"`
	Text  string `json:"text,omitempty"`
	Value uint32 `json:"value,omitempty"`
}

// String returns the event as a line of JSON.
func (e Event) String() string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // ">" stands in every topic's path
	_ = enc.Encode(e)        // strings and integers cannot fail
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// ReadVisit reads a visit's file. Blank lines are skipped; an error names the line.
func ReadVisit(r io.Reader) ([]Event, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var events []Event
	for i, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		var event Event
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		err := dec.Decode(&event)
		if err == nil {
			if _, more := dec.Token(); !errors.Is(more, io.EOF) {
				err = errors.New("more than one value on the line")
			}
		}
		if err == nil {
			if _, known := core.ParseSignalKind(event.Signal); !known {
				err = fmt.Errorf("signal: %q is not a kind of signal", event.Signal)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("host: visit line %d: %w", i+1, err)
		}
		events = append(events, event)
	}
	return events, nil
}

// Signal returns the signal that an event stands for, with its names looked up in the pack.
func (e *Engine) Signal(event Event) (core.Signal, error) {
	kind, ok := core.ParseSignalKind(event.Signal)
	if !ok {
		return core.Signal{}, fmt.Errorf("host: signal: %q is not a kind of signal", event.Signal)
	}
	s := core.NewSignal(kind, event.AtMs)
	s.Value = event.Value
	if event.Text != "" {
		s.Text = []byte(event.Text)
	}
	if event.Item != "" {
		if s.Item, ok = e.FindItem(event.Item); !ok {
			return core.Signal{}, fmt.Errorf("host: item: the pack has no item with id or URL %q", event.Item)
		}
	}
	if event.Topic != "" {
		if s.Topic, ok = e.FindTopic(event.Topic); !ok {
			return core.Signal{}, fmt.Errorf("host: topic: the pack has no topic %q, or several of that name", event.Topic)
		}
	}
	if event.Facet != "" {
		if event.Topic != "" {
			return core.Signal{}, fmt.Errorf("host: facet: a signal has a topic or a facet, this one %q and %q", event.Topic, event.Facet)
		}
		if s.Topic, ok = e.FindFacet(event.Facet); !ok {
			return core.Signal{}, fmt.Errorf("host: facet: the pack has no facet %q", event.Facet)
		}
	}
	return s, nil
}

// Event returns a signal as a visit's file spells it.
func (e *Engine) Event(s core.Signal) Event {
	event := Event{AtMs: s.AtMs, Signal: s.Kind.String(), Text: string(s.Text), Value: s.Value}
	if s.Item != pack.NoItem {
		event.Item = string(e.pack.ItemID(s.Item))
	}
	switch {
	case s.Topic == pack.NoTopic:
	case s.Topic >= pack.FirstFacet:
		event.Facet = e.FacetName(s.Topic)
	default:
		event.Topic = e.TopicPath(s.Topic)
	}
	return event
}
