package main

import (
	"net/http"
	"syscall/js"

	"github.com/syumai/workers"
)

// serve serves for as long as there is the instance. Serve of the library would end after the first body.
func serve(h http.Handler) {
	workers.ServeNonBlock(h)
	workers.Ready()
	select {}
}

func packBytes(whole bool) []byte {
	array := js.Global().Call("nabijPack")
	if array.Type() != js.TypeObject {
		return nil
	}
	n := array.Length()
	if !whole {
		n = min(n, headerSize)
	}
	data := make([]byte, n)
	js.CopyBytesToGo(data, array)
	return data
}

func configText() string { return js.Global().Call("nabijConfig").String() }
