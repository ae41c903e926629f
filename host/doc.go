// Package host runs nabij.wasm in Go, through wazero: what a page's visitors get in the browser, a server, a test or a
// person at a terminal gets here, byte for byte.
//
// An Engine is an opened pack with instances of the module; a Session is one visit.
//
//	engine, err := host.Open(ctx, packBytes)
//	if err != nil {
//		return err
//	}
//	defer engine.Close(ctx)
//	visit := engine.NewSession()
//	shirt, _ := engine.FindItem("ocean-blue-shirt")
//	view := core.NewSignal(core.View, 0)
//	view.Item = shirt
//	if _, err := visit.Observe(ctx, view); err != nil {
//		return err
//	}
//	reply, err := visit.Suggest(ctx, core.Request{NowMs: 20_000, Layer: 2, Item: shirt, Topic: pack.NoTopic})
//
// An Engine and distinct Sessions may be used by any number of goroutines; a Session's calls are made one after another.
// A visit's state is bytes that the Session holds, not an instance: any instance can go on with any visit, and an
// instance that traps takes nothing with it.
//
// Opened with Native, an Engine runs the same code without WebAssembly: faster, easier to debug, the same bytes.
package host
