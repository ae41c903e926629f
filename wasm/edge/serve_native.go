//go:build !js

package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/syumai/workers"
)

func serve(h http.Handler) {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: edge PACK")
		os.Exit(2)
	}
	workers.Serve(h)
}

func packBytes(bool) []byte {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "edge:", err)
	}
	return data
}

func configText() string { return "{}" }
