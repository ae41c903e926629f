package abi

import "github.com/nabij/nabij/core"

// The reply of last_error:
//
//	0  u16  version           6  u16  length of text
//	2  u16  head size, 20     8  i32  index of the signal that was wrong, or -1
//	4  u8   status           12  u64  got
//	5  u8   length of field  20  field, then text
//
// For a pack that was refused (core.BadPack), field is the section, text the cause, index the offset in the pack and got
// what was found there; package core/pack tells more of it.

// Failure is the newest refusal of a module.
type Failure struct {
	// Status is 0 when nothing was refused yet.
	Status core.Status
	// Index is the place in its batch of the signal that was wrong, or -1; of a refused pack the offset in it.
	Index int
	// Got is what was found at the offset of a refused pack, and 0 otherwise.
	Got uint64
	// Field and Text are as in core.Error.
	Field, Text string
}

// Error returns the failure in words.
func (f *Failure) Error() string {
	e := core.Error{Status: f.Status, Field: f.Field, Text: f.Text}
	if f.Status == core.BadPack {
		return e.Error() + " at byte " + decimal(f.Index)
	}
	if f.Index < 0 {
		return e.Error()
	}
	return "signal at index " + decimal(f.Index) + ": " + e.Error()
}

// Unwrap returns the failure as the *core.Error that the engine gave, by value: compare Status, not the pointer.
func (f *Failure) Unwrap() error { return &core.Error{Status: f.Status, Field: f.Field, Text: f.Text} }

// AppendFailure appends the reply of last_error to dst. Text is cut to 65,535 bytes, field to 255.
func AppendFailure(dst []byte, f Failure) []byte {
	w := writer{b: dst}
	w.failure(&f)
	return w.b
}

func (w *writer) failure(f *Failure) {
	field, text := f.Field[:min(len(f.Field), 0xFF)], f.Text[:min(len(f.Text), maxFailureText)]
	w.begin(failureHead)
	w.put8(byte(f.Status))
	w.put8(byte(len(field)))
	w.put16(uint16(len(text)))
	w.put32(uint32(int32(f.Index)))
	w.put64(f.Got)
	w.puts(field)
	w.puts(text)
}

// maxFailureText keeps a failure within MaxReply.
const maxFailureText = 0xFFFF

// DecodeFailure reads the reply of last_error.
func DecodeFailure(b []byte) (Failure, error) {
	at, err := replyOf(b, failureHead)
	if err != nil {
		return Failure{}, err
	}
	field, text := int(b[5]), int(get16(b[6:]))
	if err := exactly(b, at+field+text); err != nil {
		return Failure{}, err
	}
	return Failure{
		Status: core.Status(b[4]),
		Index:  int(int32(get32(b[8:]))),
		Got:    get64(b[12:]),
		Field:  string(b[at : at+field]),
		Text:   string(b[at+field:]),
	}, nil
}

// decimal returns n in decimal; strconv is too large for the module.
func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}
