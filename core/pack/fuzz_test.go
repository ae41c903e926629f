package pack_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/nabij/nabij/core/pack"
)

// FuzzOpen: whatever the bytes, Open refuses them with an *Error or everything can be read; Dump prints each byte once.
// Length and checksum are put right, and with relay the sections laid back to back, so that what lies behind is reached.
func FuzzOpen(f *testing.F) {
	for _, src := range []pack.Source{tiny(), pair(), sample(), faceted()} {
		data := write(f, src)
		f.Add(data, false)
		f.Add(data, true)
	}
	f.Fuzz(func(t *testing.T, data []byte, relay bool) {
		if len(data) >= 24 {
			data = bytes.Clone(data)
			copy(data, "\x89nabij\r\n\x01\x00")
			if relay {
				relaySections(data)
			}
			seal(data)
		}
		ranking, rankingErr := openRanking(data)
		if rankingErr == nil {
			exerciseRanking(t, ranking)
		}
		p, err := pack.Open(data)
		if err == nil && rankingErr != nil {
			t.Fatalf("accepted by Open alone: %v", rankingErr)
		}
		var e *pack.Error
		if err != nil && (!errors.As(err, &e) || e.Cause == pack.ErrSource) {
			t.Fatalf("not an error of Open: %v", err)
		}
		var text strings.Builder
		if dumped := pack.Dump(&text, data); (dumped == nil) != (err == nil) {
			t.Fatalf("Open: %v, Dump: %v", err, dumped)
		}
		checkDump(t, data, text.String())
		if err != nil {
			if strings.Count(text.String(), err.Error()) != 1 {
				t.Fatalf("%v is not printed once", err)
			}
			return
		}
		exercise(t, p)
	})
}

// relaySections gives each section its place after the one before, as far as there are bytes, and the last one the rest.
func relaySections(data []byte) {
	count := int(binary.LittleEndian.Uint16(data[10:])) % 32
	for 24+16*count > len(data) {
		count--
	}
	binary.LittleEndian.PutUint16(data[10:], uint16(count))
	end := 24 + 16*count
	for i := range count {
		d := data[24+16*i:]
		start := min((end+3)&^3, len(data))
		clear(data[end:start])
		n := min(int(binary.LittleEndian.Uint32(d[12:])%(1<<24)), len(data)-start)
		if i == count-1 {
			n = len(data) - start
		}
		binary.LittleEndian.PutUint32(d[8:], uint32(start))
		binary.LittleEndian.PutUint32(d[12:], uint32(n))
		end = start + n
	}
}
