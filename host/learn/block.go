package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"strings"
)

// A file of blocks begins with a mark and a version, and each block has a checksum: see STATE.md.
//
//	┌───────────────┬─────────┐   ┌──────┬────────┬─────────┬────────┐
//	│ mark, 8 bytes │ version │   │ kind │ length │ payload │ CRC-32C│ …
//	└───────────────┴─────────┘   └──────┴────────┴─────────┴────────┘
//	                 2 bytes       1      4        length    4
//
// These constants are part of the format and should not be changed.
const (
	blockMark    = "nabijagg"
	blockVersion = 1

	blockHead  = 1 // what the file is of, in JSON
	blockItems = 2 // items and their tallies
	blockPairs = 3 // pairs, item by item
	blockEnd   = 4 // the number of pairs

	blockTopics = 5 // topics, and what was counted of them
)

const (
	fileHeadBytes  = len(blockMark) + 2
	blockHeadBytes = 5
	blockSumBytes  = 4
	// fullBlock is from how many bytes of payload on a block of a state is written.
	fullBlock = 1 << 20
	// smallBlock is that of temporary files of which many are read at once: a reader holds a block.
	smallBlock = 1 << 16
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// blockWriter writes blocks.
type blockWriter struct {
	w       io.Writer
	payload []byte // of the block at hand
	full    int    // from how many bytes of payload on a block is written
}

// newBlockWriter returns a writer of a state's blocks.
func newBlockWriter(w io.Writer) (*blockWriter, error) { return newBlockWriterOf(w, fullBlock) }

func newBlockWriterOf(w io.Writer, full int) (*blockWriter, error) {
	_, err := w.Write(binary.LittleEndian.AppendUint16([]byte(blockMark), blockVersion))
	return &blockWriter{w: w, full: full}, err
}

// flush writes the block at hand and begins another.
func (b *blockWriter) flush(kind byte) error {
	if uint64(len(b.payload)) > maxBlock {
		return fmt.Errorf("learn: a block of %d bytes does not fit in a state", len(b.payload))
	}
	head := binary.LittleEndian.AppendUint32([]byte{kind}, uint32(len(b.payload)))
	sum := crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, b.payload)
	for _, part := range [][]byte{head, b.payload, binary.LittleEndian.AppendUint32(nil, sum)} {
		if _, err := b.w.Write(part); err != nil {
			return err
		}
	}
	b.payload = b.payload[:0]
	return nil
}

// maxBlock is the most bytes of a payload: what a length can say.
const maxBlock = 1<<32 - 1

// blockReader reads blocks one after another.
type blockReader struct {
	r       io.Reader
	at      int64 // of the next block
	size    int64 // of the file
	started int64 // where the block that was read last begins
	payload []byte
}

// errNotWhole is what is wrong with a file that ends too early.
var errNotWhole = errors.New("the file is not whole")

// readFileHead checks what a file begins with.
func (b *blockReader) readFileHead() error {
	head := make([]byte, fileHeadBytes)
	n, err := io.ReadFull(b.r, head)
	mark := head[:min(n, len(blockMark))]
	switch {
	case err != nil && cut(err) != errNotWhole:
		return err
	case n == 0 || !strings.HasPrefix(blockMark, string(mark)):
		return errors.New("this is no state of nabij learn")
	case err != nil:
		return cut(err)
	}
	if v := binary.LittleEndian.Uint16(head[len(blockMark):]); v != blockVersion {
		return fmt.Errorf("version %d, and this nabij reads version %d; take the nabij that wrote it, or learn again from the logs", v, blockVersion)
	}
	b.at = int64(fileHeadBytes)
	return nil
}

// next reads a block. Its payload is the reader's until the next call.
func (b *blockReader) next() (kind byte, err error) {
	b.started = b.at
	head := make([]byte, blockHeadBytes)
	if _, err := io.ReadFull(b.r, head); err != nil {
		return 0, cut(err)
	}
	length := int64(binary.LittleEndian.Uint32(head[1:]))
	if b.at += int64(blockHeadBytes) + length + blockSumBytes; b.at > b.size {
		return 0, errNotWhole // or the length is damaged: either way not so much is there to read
	}
	if int64(cap(b.payload)) < length+blockSumBytes {
		b.payload = make([]byte, length+blockSumBytes)
	}
	b.payload = b.payload[:length+blockSumBytes]
	if _, err := io.ReadFull(b.r, b.payload); err != nil {
		return 0, cut(err)
	}
	want := binary.LittleEndian.Uint32(b.payload[length:])
	b.payload = b.payload[:length]
	if crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, b.payload) != want {
		return 0, b.wrong("it is damaged: its checksum is another")
	}
	return head[0], nil
}

// wrong returns an error about the block that was read last.
func (b *blockReader) wrong(format string, args ...any) error {
	return fmt.Errorf("block at byte %d: %w", b.started, fmt.Errorf(format, args...))
}

func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errNotWhole
	}
	return err
}

// fields reads what a payload is made of. After the first that is not there, all are zero.
type fields struct {
	rest []byte
	bad  bool
}

func (f *fields) uvarint(most uint64) uint64 {
	v, n := binary.Uvarint(f.rest)
	if n <= 0 || v > most {
		f.fail()
		return 0
	}
	f.rest = f.rest[n:]
	return v
}

func (f *fields) varint() int64 {
	v, n := binary.Varint(f.rest)
	if n <= 0 {
		f.fail()
		return 0
	}
	f.rest = f.rest[n:]
	return v
}

func (f *fields) bytes(n uint64) []byte {
	if n > uint64(len(f.rest)) {
		f.fail()
		return nil
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

func (f *fields) byte() byte {
	if b := f.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// float reads a number that is 0 or more.
func (f *fields) float() float64 {
	b := f.bytes(8)
	if b == nil {
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(b))
	if !(v >= 0) || math.IsInf(v, 0) {
		f.fail()
		return 0
	}
	return v
}

func (f *fields) fail() { f.rest, f.bad = nil, true }
