package host

import (
	_ "embed"
	"slices"
)

// scripts/build-module compiles ./wasm/engine to it, and CI compares the two.
//
//go:embed nabij.wasm
var module []byte

// Module returns a copy of nabij.wasm, the module that Open runs and that browsers load.
func Module() []byte { return slices.Clone(module) }
