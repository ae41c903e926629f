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

	findHead  = 8
	foundHead = 8

	itemHead  = 36
	topicHead = 12

	infoHead   = 44
	slotRecord = 8

	failureHead = 12
)

// Limits of the messages.
const (
	// MaxBatch is the most signals of one observe call.
	MaxBatch = 256
	// MaxMessage is the most bytes of a request after open: more than any request needs, but for a batch of which
	// every signal brings long text.
	MaxMessage = 1 << 16
	// MaxReply is the most bytes of a reply.
	MaxReply = 1<<16 + 1<<10
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

// extend appends n zero bytes to dst, at most len(zeros), and returns the whole and the part that was added. Like others here it
// is kept out of its many callers: their copies of it would be a tenth of the module.
//
//go:noinline
func extend(dst []byte, n int) (whole, added []byte) {
	at := len(dst)
	dst = append(dst, zeros[:n]...)
	return dst, dst[at:]
}

var zeros [64]byte

// begin appends a message's head of n bytes.
//
//go:noinline
func begin(dst []byte, n int) (whole, head []byte) {
	dst, head = extend(dst, n)
	put16(head, Version)
	put16(head[2:], uint16(n))
	return dst, head
}

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

func put16(b []byte, v uint16) {
	_ = b[1]
	b[0], b[1] = byte(v), byte(v>>8)
}

func put32(b []byte, v uint32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

func put64(b []byte, v uint64) {
	put32(b, uint32(v))
	put32(b[4:], uint32(v>>32))
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
