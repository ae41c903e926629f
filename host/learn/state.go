package learn

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"
)

// State is what an aggregate was saved as, to add later sessions to: for each item its tallies, and its pairs, those below the threshold
// too. So it is private, unlike what is learnt from it. What is held of it in memory is the items; their pairs are read when they are needed.
// STATE.md says how it is written.
type State struct {
	name    string
	r       io.ReaderAt
	pairsAt int64 // where the pairs begin
	size    int64
	head    stateHead
	ids     []string
	number  map[string]uint32
	tallies []tally
	topics  []topicTally
}

// errState is wrapped by every error that speaks of what a state says.
var errState = errors.New("state")

// stateHead is the first block of a state.
type stateHead struct {
	Params   Params    `json:"params"`
	Sessions int       `json:"sessions"`
	Events   int       `json:"events"`
	Items    int       `json:"items"`
	Topics   int       `json:"topics,omitzero"`
	Last     time.Time `json:"last"`
}

// ReadState reads the items of a state of so many bytes. It keeps r, which must stay open while anything is learnt from the state. name is for
// messages.
func ReadState(r io.ReaderAt, size int64, name string) (*State, error) {
	s := &State{name: name, r: r, size: size}
	if err := s.read(); err != nil {
		return nil, s.wrong(err)
	}
	return s, nil
}

func (s *State) wrong(err error) error { return fmt.Errorf("%w %s: %w", errState, s.name, err) }

func (s *State) read() error {
	b := s.blocks(0)
	if err := b.readFileHead(); err != nil {
		return err
	}
	kind, err := b.next()
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b.payload))
	d.DisallowUnknownFields()
	if err := d.Decode(&s.head); kind != blockHead || err != nil {
		return b.wrong("it is no head: %w", err)
	}
	if err := s.head.Params.Check(); err != nil {
		return b.wrong("%w", err)
	}
	if s.head.Items < 0 || s.head.Items > math.MaxInt32 || s.head.Topics < 0 || s.head.Topics > math.MaxInt32 {
		return b.wrong("it speaks of %d items and %d topics", s.head.Items, s.head.Topics)
	}
	weights := s.head.Params.HalfLifeDays > 0
	s.number = map[string]uint32{}
	for len(s.ids) < s.head.Items {
		if kind, err = b.next(); err != nil {
			return err
		}
		if kind != blockItems || len(b.payload) == 0 {
			return b.wrong("it is of kind %d, want items", kind)
		}
		f := fields{rest: b.payload}
		for len(f.rest) > 0 {
			id := string(f.bytes(f.uvarint(math.MaxUint32)))
			t := tally{sessions: int32(f.uvarint(math.MaxInt32)), views: int64(f.uvarint(math.MaxInt64))}
			t.weight = float64(t.sessions)
			if weights {
				t.weight = f.float()
			}
			if _, twice := s.number[id]; twice {
				return b.wrong("item %q stands twice", id)
			}
			s.number[id] = uint32(len(s.ids))
			s.ids, s.tallies = append(s.ids, id), append(s.tallies, t)
		}
		if f.bad || len(s.ids) > s.head.Items {
			return b.wrong("its items make no sense")
		}
	}
	for len(s.topics) < s.head.Topics {
		if kind, err = b.next(); err != nil {
			return err
		}
		if kind != blockTopics || len(b.payload) == 0 {
			return b.wrong("it is of kind %d, want topics", kind)
		}
		f := fields{rest: b.payload}
		for len(f.rest) > 0 {
			s.topics = append(s.topics, readTopic(&f, s.head.Topics))
		}
		if f.bad || len(s.topics) > s.head.Topics {
			return b.wrong("its topics make no sense")
		}
	}
	s.pairsAt = b.at
	return nil
}

// blocks returns a reader of the blocks from a place on.
func (s *State) blocks(at int64) *blockReader {
	return &blockReader{r: bufio.NewReaderSize(io.NewSectionReader(s.r, at, s.size-at), 1<<18), at: at, size: s.size}
}

// pairs returns a reader of all pairs.
func (s *State) pairs() *pairReader { return newPairReader(s.blocks(s.pairsAt), len(s.ids)) }

// Check reads all of a state, and returns an error if anything of it is damaged.
func (s *State) Check() error {
	r := s.pairs()
	var found []pair
	var err error
	for range s.ids {
		if found, err = r.next(found[:0]); err != nil {
			return s.wrong(err)
		}
	}
	if err := r.end(); err != nil {
		return s.wrong(err)
	}
	return nil
}

// Params returns the parameters of what was last learnt with the state.
func (s *State) Params() Params { return s.head.Params }

// Sessions returns how many sessions were added up.
func (s *State) Sessions() int { return s.head.Sessions }

// Topics returns how many topics it has counts of.
func (s *State) Topics() int { return len(s.topics) }

// Items returns how many items they have met, but for those that were forgotten.
func (s *State) Items() int { return len(s.ids) }

// Last returns when the latest session ended.
func (s *State) Last() time.Time { return s.head.Last }

// Visits returns visits without sessions that come after those of the state, of which there are none where s is nil. What is learnt of them
// is learnt of the state too.
func (s *State) Visits() *Visits {
	if s == nil {
		return &Visits{}
	}
	return &Visits{before: s, ids: slices.Clip(s.ids), number: maps.Clone(s.number)}
}

// follows returns an error if an event of that Unix time can be among those that were added up.
func (s *State) follows(at int64) error {
	if s == nil || at > s.Last().Unix() {
		return nil
	}
	return fmt.Errorf("the event of %s is not later than the latest session of %s, %s: this log was added already, or some of it; want events after that alone",
		time.Unix(at, 0).UTC().Format(time.DateTime), s.name, s.Last().Format(time.DateTime))
}

// fixed returns an error that names the first parameter by which what a state says was added up, and that is another in p.
func (s *State) fixed(p *Params) error {
	old := &s.head.Params
	for _, f := range []struct {
		name      string
		had, want float64
	}{
		{"max_length", float64(old.MaxLength), float64(p.MaxLength)},
		{"half_life_days", old.HalfLifeDays, p.HalfLifeDays},
		{"together.reach", old.Together.Reach, p.Together.Reach},
		{"together.length_exponent", old.Together.LengthExponent, p.Together.LengthExponent},
		{"linear.decay", old.Linear.Decay, p.Linear.Decay},
	} {
		if f.had != f.want {
			return s.wrong(fmt.Errorf("%s: its sums were made with %v, and cannot be had with %v; leave it, or learn again from the logs", f.name, f.had, f.want))
		}
	}
	return nil
}
