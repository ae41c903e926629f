// Command replay makes calls of the module as Go code, on whatever architecture it is built for.
//
//	replay CALLS ANSWERS
//
// Package abitest says what the files hold.
package main

import (
	"fmt"
	"os"

	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

func main() {
	if err := replay(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

func replay(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	calls, err := abitest.ReadCalls(b)
	if err != nil {
		return err
	}
	module := new(abi.Module)
	var answers []byte
	for _, c := range calls {
		answers = abitest.AppendAnswer(answers, c.Do(module))
	}
	return os.WriteFile(to, answers, 0o644)
}
