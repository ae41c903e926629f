// Package workerd runs a Worker on this machine, on Cloudflare's own runtime, before an origin: for development and tests.
//
//	server, err := workerd.Start(ctx, workerd.Config{
//		Modules: []workerd.Module{{Name: "worker.mjs", Content: script}, {Name: "nabij.wasm", Content: module}},
//		Origin:  "127.0.0.1:3000",
//		Cache:   workerd.NewCache(64 << 20),
//	})
//	…
//	defer server.Close()
//	http.Get(server.URL + "/page")
//
// workerd is one binary, which npm has for each platform; Find looks for it where scripts/install puts it. It neither reads a
// person's settings nor reaches any network but the origin that it is given: its services, as the Cache API's, are handlers of
// this process.
package workerd
