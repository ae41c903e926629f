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
	replyHead        = 18
	suggestionRecord = 20

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
	errTruncated = &core.Error{Status: core.BadMessage, Text: "message: too short"}
	errTrailing  = &core.Error{Status: core.BadMessage, Text: "message: too long"}
	errVersion   = &core.Error{Status: core.BadMessage, Text: "message.version: not 1"}
	errHead      = &core.Error{Status: core.BadMessage, Text: "message.head: not the size"}
	errRecord    = &core.Error{Status: core.BadMessage, Text: "message.record: not the size"}
	errReserved  = &core.Error{Status: core.BadMessage, Text: "message.reserved: not 0"}
)

// writer writes a message. Its methods are kept out of their many callers, as are the checks below: copies of them would
// be a tenth of the module.
type writer struct {
	b []byte
	n int // bytes written, and those before the message
}

// appending returns a writer of size bytes after dst.
func appending(dst []byte, size int) writer {
	return writer{append(dst, make([]byte, size)...), len(dst)}
}

// begin writes a message's version and the size of its head.
func (w *writer) begin(head uint16) {
	w.put16(Version)
	w.put16(head)
}

// number writes the n low bytes of v, the lowest first.
//
//go:noinline
func (w *writer) number(n int, v uint64) {
	for ; n > 0; n-- {
		w.b[w.n] = byte(v)
		w.n++
		v >>= 8
	}
}

func (w *writer) put8(v uint8)   { w.number(1, uint64(v)) }
func (w *writer) put16(v uint16) { w.number(2, uint64(v)) }
func (w *writer) put32(v uint32) { w.number(4, uint64(v)) }
func (w *writer) put64(v uint64) { w.number(8, v) }

func (w *writer) text(text string) { w.n += copy(w.b[w.n:], text) }

// requestOf checks the head of a request: a module must not ignore a field that a host of a later version meant. With
// more, something may follow the head.
//
//go:noinline
func requestOf(b []byte, head int, more bool) *core.Error {
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
	if len(b) > head && !more {
		return errTrailing
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

func headOf(b []byte) (int, *core.Error) {
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
func exactly(b []byte, size int) *core.Error {
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
