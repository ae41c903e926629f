package recognition

import (
	"fmt"
	"runtime"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// Options say what is measured, and how. The zero value is usable.
type Options struct {
	// Slot is the slot that is asked, on the page of each item viewed; empty is the first that does not welcome repeats.
	Slot string
	// Size is how many items are asked for; 0 is the slot's own number.
	Size int
	// Prefix is the least number of views, the page's own among them, from which a next item is predicted and the one before is guessed;
	// 0 is 3. A next item that is the page's own is none.
	Prefix int
	// Train, if set, has the visits that the adversary has studied, such as those that the pack was learnt from. Without it, every other
	// session is studied, and the rest attacked.
	Train *learn.Visits
	// Sessions is how many sessions are played at most, evenly spread; 0 is all.
	Sessions int
	// Wasm plays visits through the module. Without it the same code runs natively, with the same figures.
	Wasm bool
	// Workers is how many goroutines work; 0 is one for each processor. Results do not depend on it.
	Workers int
	// Progress, if set, is called now and then with how much of what is done; never twice at once.
	Progress func(what string, done, total int)
}

// usualPrefix is the prefix of those who do not say.
const usualPrefix = 3

func (o *Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o *Options) prefix() int {
	if o.Prefix > 0 {
		return o.Prefix
	}
	return usualPrefix
}

// slot returns the slot to ask.
func (o *Options) slot(p *pack.Pack) (uint8, error) {
	if o.Slot != "" {
		slot, ok := p.FindSlot([]byte(o.Slot))
		if !ok {
			return 0, fmt.Errorf("recognition: the pack has no slot %q", o.Slot)
		}
		return slot, nil
	}
	for slot := range p.Slots() {
		if !p.Slot(slot).Repeats {
			return slot, nil
		}
	}
	return 0, nil
}

// check returns an error that names what is out of its range.
func (o *Options) check() error {
	if o.Size < 0 || o.Size > pack.MaxSlotSize {
		return fmt.Errorf("recognition: size: got %d, want 1 to %d", o.Size, pack.MaxSlotSize)
	}
	if o.Prefix < 0 || o.Sessions < 0 {
		return fmt.Errorf("recognition: prefix and sessions: got %d and %d, want 0 or more", o.Prefix, o.Sessions)
	}
	return nil
}
