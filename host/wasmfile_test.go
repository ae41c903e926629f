package host

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
)

// Sections of a WebAssembly binary that tests look at: https://webassembly.github.io/spec/core/binary/modules.html
const (
	sectionImport = 2
	sectionExport = 7
	sectionCode   = 10
)

// wasmReader reads a binary, or a part of it.
type wasmReader struct {
	t  testing.TB
	b  []byte
	at int
}

func (r *wasmReader) number() int {
	v, n := binary.Uvarint(r.b[r.at:])
	require.Positive(r.t, n)
	r.at += n
	return int(v)
}

func (r *wasmReader) bytes(n int) []byte {
	b := r.b[r.at : r.at+n]
	r.at += n
	return b
}

// wasmSection returns the contents of a section, a view, or nil where there is none.
func wasmSection(t testing.TB, wasm []byte, section byte) []byte {
	require.Equal(t, "\x00asm\x01\x00\x00\x00", string(wasm[:8]))
	r := wasmReader{t, wasm, 8}
	for r.at < len(wasm) {
		id := r.bytes(1)[0]
		contents := r.bytes(r.number())
		if id == section {
			return contents
		}
	}
	return nil
}

// wasmExport is an export: what it is called, its kind (0 function, 2 memory), and its index among those.
type wasmExport struct {
	name  string
	kind  byte
	index int
}

func wasmExports(t testing.TB, wasm []byte) []wasmExport {
	r := wasmReader{t, wasmSection(t, wasm, sectionExport), 0}
	exports := make([]wasmExport, r.number())
	for i := range exports {
		exports[i] = wasmExport{string(r.bytes(r.number())), r.bytes(1)[0], r.number()}
	}
	return exports
}

// Bodies to put in place of an export's, without locals and the end.
var (
	bodyTraps   = []byte{0x00}                               // unreachable
	bodyForever = []byte{0x03, 0x40, 0x0C, 0x00, 0x0B, 0x00} // loop; br 0; end; unreachable
	bodyTwo     = []byte{0x41, 0x02, 0x0F}                   // i32.const 2; return
)

// withBody returns the module with another body of an exported function, which must fit in the place of its own.
func withBody(t testing.TB, wasm []byte, export string, body []byte) []byte {
	wasm = bytes.Clone(wasm)
	for _, e := range wasmExports(t, wasm) {
		if e.name != export {
			continue
		}
		r := wasmReader{t, wasmSection(t, wasm, sectionCode), 0}
		r.number()
		for range e.index { // nothing is imported, so the indices of code and functions are the same
			r.bytes(r.number())
		}
		own := r.bytes(r.number())
		require.GreaterOrEqual(t, len(own), len(body)+2, "the body of %s is too short to replace", export)
		for i := range own {
			own[i] = 0x01 // nop
		}
		own[0], own[len(own)-1] = 0x00, 0x0B // no locals; end
		copy(own[1:], body)
		return wasm
	}
	t.Fatalf("no export %s", export)
	return nil
}
