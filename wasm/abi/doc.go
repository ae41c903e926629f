// Package abi is the Go spelling of the module's contract, ../ABI.md: how hosts and nabij.wasm write to each other, and
// what each export does.
//
// Module is the module itself without the WebAssembly around it: one method for each export, so that everything but the
// glue in ../engine runs and is tested natively. A host in Go encodes requests with Append functions, gives them to an
// instance, and reads replies with Decode functions:
//
//	message := abi.AppendRequest(nil, request)
//	copy(module.Reserve(uint32(len(message))), message)
//	if n := module.Suggest(int32(len(message))); n < 0 {
//		// module.LastError() and DecodeFailure say what was wrong
//	}
//	reply, err := abi.DecodeReply(module.Reply())
//
// Every integer is little-endian, text is UTF-8, lengths are in bytes. Decoders check every byte they are given and
// return a *core.Error that is a constant: refusing allocates nothing, because the module's memory is never collected.
package abi

// Version is the version of the contract. A host refuses a module of another version, and the module refuses messages
// of another version.
const Version = 1
