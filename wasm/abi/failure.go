package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// The reply of last_error:
//
//	0  u16  version           6  u16  length of text
//	2  u16  head size, 20     8  i32  index of the signal that was wrong, or -1
//	4  u8   status           12  u64  got
//	5  u8   cause            20  text
//
// For a pack that was refused (core.BadPack), text is the section, cause a pack.Cause, index the offset in the pack and
// got what was found there; package core/pack tells more of it.

// Failure is the newest refusal of a module.
type Failure struct {
	// Status is 0 when nothing was refused yet.
	Status core.Status
	// Index is the place in its batch of the signal that was wrong, or -1; of a refused pack the offset in it.
	Index int
	// Cause is why a pack was refused, and 0 otherwise.
	Cause pack.Cause
	// Got is what was found at the offset of a refused pack, and 0 otherwise.
	Got uint64
	// Text is as in core.Error; of a refused pack the section.
	Text string
}

// Error returns the failure in words.
func (f *Failure) Error() string {
	words := f.refused().Error()
	if f.Status == core.BadPack {
		return words + ": " + f.Cause.String() + ", at byte " + decimal(f.Index)
	}
	if f.Index < 0 {
		return words
	}
	return "signal at index " + decimal(f.Index) + ": " + words
}

// Field names what was wrong, as core.Error.Field does.
func (f *Failure) Field() string { return f.refused().Field() }

// Unwrap returns the failure as the *core.Error that the engine gave, by value: compare Status, not the pointer.
func (f *Failure) Unwrap() error { return f.refused() }

func (f *Failure) refused() *core.Error { return &core.Error{Status: f.Status, Text: f.Text} }

// AppendFailure appends the reply of last_error to dst. Text is cut to 65,535 bytes.
func AppendFailure(dst []byte, f Failure) []byte {
	f.Text = f.Text[:min(len(f.Text), 0xFFFF)]
	w := appending(dst, failureHead+len(f.Text))
	w.failure(&f)
	return w.b
}

func (w *writer) failure(f *Failure) {
	w.begin(failureHead)
	w.put8(byte(f.Status))
	w.put8(byte(f.Cause))
	w.put16(uint16(len(f.Text)))
	w.put32(uint32(int32(f.Index)))
	w.put64(f.Got)
	w.text(f.Text)
}

// DecodeFailure reads the reply of last_error.
func DecodeFailure(b []byte) (Failure, error) {
	at, err := replyOf(b, failureHead)
	if err != nil {
		return Failure{}, err
	}
	if err := exactly(b, at+int(get16(b[6:]))); err != nil {
		return Failure{}, err
	}
	return Failure{
		Status: core.Status(b[4]),
		Cause:  pack.Cause(b[5]),
		Index:  int(int32(get32(b[8:]))),
		Got:    get64(b[12:]),
		Text:   string(b[at:]),
	}, nil
}

// decimal returns n in decimal; strconv is too large for the module.
func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}
