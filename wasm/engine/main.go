// Command engine is nabij.wasm: the exports of the module, each a line to abi.Module. See ../ABI.md.
package main

import (
	"unsafe"

	"github.com/nabij/nabij/wasm/abi"
)

var module abi.Module

//go:wasmexport version
func version() int32 { return module.Version() }

//go:wasmexport reserve
func reserve(n uint32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(module.Reserve(n))) }

//go:wasmexport open
func open(n int32) int32 { return module.Open(n) }

//go:wasmexport observe
func observe(n int32) int32 { return module.Observe(n) }

//go:wasmexport suggest
func suggest(n int32) int32 { return module.Suggest(n) }

//go:wasmexport intent
func intent(n int32) int32 { return module.Intent(n) }

//go:wasmexport save
func save() int32 { return module.Save() }

//go:wasmexport restore
func restore(n int32) int32 { return module.Restore(n) }

//go:wasmexport reset
func reset() int32 { return module.Reset() }

//go:wasmexport last_error
func lastError() int32 { return module.LastError() }

//go:wasmexport reply
func reply() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(module.Reply())) }

func main() {}
