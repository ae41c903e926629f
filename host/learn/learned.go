package learn

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/nabij/nabij/core/pack"
)

// Learned is what may be published of visits: rows of pairs that crowds have met, and how many sessions met each item.
type Learned struct {
	// Sessions and Events are how many were learnt from, Last is when the latest session ended. With Privacy they are not told.
	Sessions, Events int
	Last             time.Time
	Params           Params
	// Privacy says what noise was added, nil where none was.
	Privacy *Promise
	// Items are those that at least Params.MinSessions sessions have met, the most popular first.
	Items []Item
	// Priors are what contexts make of topics, by class and then by topic, a topic behind those above it. See Options.Topics.
	Priors []Prior
	// Topics are those that at least Params.MinSessions sessions went on from, to one topic at least.
	Topics []Topic
}

// Item is an item that was learnt of.
type Item struct {
	ID string
	// Sessions is how many distinct sessions have met it. With Privacy it has noise, and a session counts less the more it has met.
	Sessions int
	// Row is its neighbours, the best first, by their places in Learned.Items. It may name the item itself.
	Row []pack.Neighbour
}

// errPrivateState is what Learn returns for a state where noise is asked for.
var errPrivateState = errors.New("learn: what a state holds is not bounded as differential privacy needs it, and each release would add to its epsilon: " +
	"take one of the two")

// errPrivateSpill is what Learn returns for visits that do not fit in memory where noise is asked for.
var errPrivateSpill = errors.New("learn: with an epsilon all sessions must fit in memory, and these do not: allow more of it")

// Learn learns from visits. Nothing of what it returns was met by fewer than MinSessions distinct sessions. With Privacy it has noise, another
// each time; without, it depends on visits and parameters alone.
func Learn(ctx context.Context, v *Visits, p Params, opt Options) (*Learned, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if p.Privacy.Epsilon != 0 {
		if v.before != nil || opt.Save != nil {
			return nil, errPrivateState
		}
		if v.spill != nil {
			return nil, errPrivateSpill
		}
		l, err := learnPrivately(ctx, v, p, opt)
		if err != nil {
			return nil, err
		}
		return l.without(opt.Leave), nil
	}
	rows, tallies, topics, err := learn(ctx, v, &p, opt)
	if err != nil {
		return nil, err
	}
	l := v.learned(&p)
	l.Items = arranged(v.ids, tallies, rows, p.MinSessions)
	if topics != nil {
		l.Priors, l.Topics = topics.contexts.priors(p.MinSessions), topics.steps.crowds(p.MinSessions)
	}
	return l.without(opt.Leave), nil
}

// arranged returns the items that at least so many sessions have met, the most popular first, with their rows, which name no others.
func arranged(ids []string, tallies []tally, rows []pack.Row, least int) []Item {
	order := byPopularity(tallies, least)
	place := make([]uint32, len(rows))
	for k, i := range order {
		place[i] = uint32(k)
	}
	items := make([]Item, len(order))
	for k, i := range order {
		row := rows[i].Neighbours
		for n := range row {
			row[n].Item = place[row[n].Item]
		}
		items[k] = Item{ID: ids[i], Sessions: int(tallies[i].sessions), Row: row}
	}
	return items
}

// What the first line of a file says that it is.
const (
	fileKind    = "learned"
	fileVersion = 1
)

// head is the first line of a file.
type head struct {
	Nabij    string    `json:"nabij"`
	Version  int       `json:"version"`
	Sessions int       `json:"sessions,omitzero"`
	Events   int       `json:"events,omitzero"`
	Items    int       `json:"items"`
	Priors   int       `json:"priors,omitempty"`
	Topics   int       `json:"topics,omitempty"`
	Last     time.Time `json:"last,omitzero"`
	Privacy  *Promise  `json:"privacy,omitempty"`
	Params   Params    `json:"params"`
}

// Write writes it as JSON Lines: what it is of, then a line an item, then a line a prior, then a line a topic.
//
//	{"nabij":"learned","version":1,"sessions":1000,"events":5000,"items":2,"last":"…","params":{…}}
//	{"item":"J1","sessions":48,"row":[["B7",0.83]]}
//	{"item":"B7","sessions":31,"row":[["J1",0.79],["B7",0.0021]]}
//	{"class":"evening","topic":["Bikes","City bikes"],"sessions":812,"multiplier":1.23}
//	{"topic":["Bikes"],"sessions":2045,"next":[{"topic":["Helmets"],"sessions":390}]}
//
// Weights have four digits. With Privacy the first line has the promise, and no sessions, events and last.
func (l *Learned) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	first, err := json.Marshal(head{fileKind, fileVersion, l.Sessions, l.Events, len(l.Items), len(l.Priors), len(l.Topics), l.Last, l.Privacy, l.Params})
	if err != nil {
		return err
	}
	line := append(first, '\n')
	if _, err := b.Write(line); err != nil {
		return err
	}
	for k := range l.Items {
		line = l.appendItem(line[:0], &l.Items[k])
		if _, err := b.Write(line); err != nil {
			return err
		}
	}
	lines := json.NewEncoder(b)
	for _, p := range l.Priors {
		multiplier, _ := strconv.ParseFloat(strconv.FormatFloat(p.Multiplier, 'g', 4, 64), 64) // what was formatted can be parsed
		if err := lines.Encode(entryLine{Class: p.Class.String(), Topic: p.Topic, Sessions: p.Sessions, Multiplier: multiplier}); err != nil {
			return err
		}
	}
	for _, t := range l.Topics {
		if err := lines.Encode(entryLine{Topic: t.Path, Sessions: t.Sessions, Next: t.Next}); err != nil {
			return err
		}
	}
	return b.Flush()
}

func (l *Learned) appendItem(line []byte, it *Item) []byte {
	line = append(line, `{"item":`...)
	line = appendQuoted(line, it.ID)
	line = append(line, `,"sessions":`...)
	line = strconv.AppendInt(line, int64(it.Sessions), 10)
	line = append(line, `,"row":[`...)
	for k, n := range it.Row {
		if k > 0 {
			line = append(line, ',')
		}
		line = append(line, '[')
		line = appendQuoted(line, l.Items[n.Item].ID)
		line = append(line, ',')
		line = strconv.AppendFloat(line, n.Weight, 'g', 4, 64)
		line = append(line, ']')
	}
	return append(line, "]}\n"...)
}

func appendQuoted(line []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // a string always can be
	return append(line, quoted...)
}

// entryLine is a line of a file: of an item, of a prior if it has a class, or else of a topic.
type entryLine struct {
	Item       string      `json:"item,omitempty"`
	Class      string      `json:"class,omitempty"`
	Topic      []string    `json:"topic,omitempty"`
	Sessions   int         `json:"sessions"`
	Row        []neighbour `json:"row,omitempty"`
	Multiplier float64     `json:"multiplier,omitempty"`
	Next       []NextTopic `json:"next,omitempty"`
}

// neighbour is one as a file has it.
type neighbour struct {
	id     string
	weight float64
}

func (n *neighbour) UnmarshalJSON(text []byte) error {
	parts := []any{&n.id, &n.weight}
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if len(parts) != 2 || !(n.weight > 0) || math.IsInf(n.weight, 0) {
		return fmt.Errorf("neighbour %s: want an id and a weight over 0", text)
	}
	return nil
}

// maxLine is the most bytes of a line of a file.
const maxLine = 8 << 20

// ReadLearned reads what Write wrote. name is for messages, which say what is wrong in which line.
func ReadLearned(r io.Reader, name string) (*Learned, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	wrong := func(line int, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %w", name, line, fmt.Errorf(format, args...))
	}
	if !lines.Scan() {
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return nil, fmt.Errorf("%s: it is empty; want what nabij learn writes", name)
	}
	var h head
	if err := decode(lines.Bytes(), &h); err != nil || h.Nabij != fileKind {
		return nil, wrong(1, "this is no file of nabij learn")
	}
	if h.Version != fileVersion {
		return nil, wrong(1, "version %d, and this nabij reads version %d; learn again, or take the nabij that wrote it", h.Version, fileVersion)
	}
	if err := h.Params.Check(); err != nil {
		return nil, wrong(1, "%w", err)
	}
	if err := h.Privacy.check(&h.Params.Privacy); err != nil {
		return nil, wrong(1, "%w", err)
	}
	l := &Learned{Sessions: h.Sessions, Events: h.Events, Last: h.Last, Params: h.Params, Privacy: h.Privacy}
	place := map[string]uint32{}
	var rows [][]neighbour
	var at []int // the lines of items
	for line := 2; lines.Scan(); line++ {
		var e entryLine
		if err := decode(lines.Bytes(), &e); err != nil {
			return nil, wrong(line, "%w", err)
		}
		if e.Topic != nil {
			if err := l.addTopical(&e); err != nil {
				return nil, wrong(line, "%w", err)
			}
			continue
		}
		if _, twice := place[e.Item]; twice || e.Item == "" {
			return nil, wrong(line, "item %q stands twice, or has no id", e.Item)
		}
		if e.Sessions < h.Params.MinSessions {
			return nil, wrong(line, "item %q has %d sessions, fewer than the %d of line 1", e.Item, e.Sessions, h.Params.MinSessions)
		}
		if len(e.Row) > pack.MaxNeighbours {
			return nil, wrong(line, "item %q has %d neighbours, at most %d fit", e.Item, len(e.Row), pack.MaxNeighbours)
		}
		place[e.Item] = uint32(len(l.Items))
		l.Items = append(l.Items, Item{ID: e.Item, Sessions: e.Sessions})
		rows = append(rows, e.Row)
		at = append(at, line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(l.Items) != h.Items {
		return nil, fmt.Errorf("%s: it has %d items, and line 1 says %d: the file is not whole", name, len(l.Items), h.Items)
	}
	if len(l.Priors) != h.Priors || len(l.Topics) != h.Topics {
		return nil, fmt.Errorf("%s: it has %d priors and %d topics, and line 1 says %d and %d: the file is not whole", name, len(l.Priors), len(l.Topics), h.Priors, h.Topics)
	}
	for k, row := range rows {
		for _, n := range row {
			item, ok := place[n.id]
			if !ok {
				return nil, wrong(at[k], "neighbour %q is none of the file's items", n.id)
			}
			l.Items[k].Row = append(l.Items[k].Row, pack.Neighbour{Item: item, Weight: n.weight})
		}
	}
	return l, nil
}

// decode decodes one JSON value that has no field unknown to it, and nothing behind it.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value in a line")
	}
	return nil
}
