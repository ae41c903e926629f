package abi

import "github.com/nabij/nabij/core"

// Sizes of the messages' fixed parts and records in bytes.
//
// These constants are part of the ABI and should not be changed.
const (
	headSize = 4 // version and head size, with which every message starts

	observeHead  = 8
	signalRecord = 24
	outcomeHead  = 8

	requestHead      = 28
	replyHead        = 16
	suggestionRecord = 20

	facesHead  = 12
	faceRecord = 4

	momentHead  = 12
	intentHead  = 16
	topicRecord = 4

	failureHead = 20
)

// Limits of the messages.
const (
	// MaxBatch is the most signals of one observe call.
	MaxBatch = 256
	// MaxMessage is the most bytes of a request after open: more than any request needs, but for a batch of which
	// every signal brings long text.
	MaxMessage = 1 << 16
	// MaxReply is the most bytes of a reply.
	MaxReply = 8 << 10
)

// Errors of decoding. They are constants so that refusing allocates nothing.
var (
	errTruncated = &core.Error{Status: core.BadMessage, Field: "message", Text: "ends before its last field"}
	errTrailing  = &core.Error{Status: core.BadMessage, Field: "message", Text: "goes on after its last field"}
	errVersion   = &core.Error{Status: core.BadMessage, Field: "message.version", Text: "is not the version of this ABI, which is 1"}
	errHead      = &core.Error{Status: core.BadMessage, Field: "message.head", Text: "is not the size that this message's head has"}
	errRecord    = &core.Error{Status: core.BadMessage, Field: "message.record", Text: "is not the size that this message's records have"}
	errReserved  = &core.Error{Status: core.BadMessage, Field: "message.reserved", Text: "must be 0"}
)

// writer appends to a message. Its methods are kept out of their many callers, as are the checks below: copies of them
// would be a tenth of the module.
type writer struct {
	b []byte
}

// begin appends a message's version and the size of its head.
func (w *writer) begin(head uint16) {
	w.put16(Version)
	w.put16(head)
}

//go:noinline
func (w *writer) put8(v uint8) { w.b = append(w.b, v) }

//go:noinline
func (w *writer) put16(v uint16) { w.b = append(w.b, byte(v), byte(v>>8)) }

//go:noinline
func (w *writer) put32(v uint32) { w.b = append(w.b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24)) }

func (w *writer) put64(v uint64) {
	w.put32(uint32(v))
	w.put32(uint32(v >> 32))
}

func (w *writer) flag(v bool) {
	if v {
		w.put8(1)
	} else {
		w.put8(0)
	}
}

//go:noinline
func (w *writer) put(text []byte) { w.b = append(w.b, text...) }

func (w *writer) puts(text string) { w.b = append(w.b, text...) }

// reader takes fields from the front of bytes that are known to be enough.
type reader struct{ b []byte }

// take returns the next n bytes as a number.
//
//go:noinline
func (r *reader) take(n int) uint64 {
	v := uint64(0)
	for k, c := range r.b[:n] {
		v |= uint64(c) << (8 * k)
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) take8() uint8   { return uint8(r.take(1)) }
func (r *reader) take16() uint16 { return uint16(r.take(2)) }
func (r *reader) take32() uint32 { return uint32(r.take(4)) }

// requestOf checks the head of a request: a module must not ignore a field that a host of a later version meant.
//
//go:noinline
func requestOf(b []byte, head int) error {
	size, err := headOf(b)
	if err != nil {
		return err
	}
	if size != head {
		return errHead
	}
	if len(b) < head {
		return errTruncated
	}
	return nil
}

// replyOf checks the head of a reply and returns its size: a host may ignore what a later module appended.
func replyOf(b []byte, least int) (int, error) {
	size, err := headOf(b)
	if err != nil {
		return 0, err
	}
	if size < least {
		return 0, errHead
	}
	if len(b) < size {
		return 0, errTruncated
	}
	return size, nil
}

func headOf(b []byte) (int, error) {
	if len(b) < headSize {
		return 0, errTruncated
	}
	if get16(b) != Version {
		return 0, errVersion
	}
	return int(get16(b[2:])), nil
}

// exactly checks that b ends at size.
//
//go:noinline
func exactly(b []byte, size int) error {
	if len(b) < size {
		return errTruncated
	}
	if len(b) > size {
		return errTrailing
	}
	return nil
}

func get16(b []byte) uint16 {
	_ = b[1]
	return uint16(b[0]) | uint16(b[1])<<8
}

func get32(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func get64(b []byte) uint64 { return uint64(get32(b)) | uint64(get32(b[4:]))<<32 }
