// Package edge is middleware of net/http that fills the slots of a site's pages as they pass by, for the page, the moment and the device:
// what the worker in wasm/edge does, for who has no CDN. Behind it may be any handler of HTML, and so by httputil.ReverseProxy any server.
//
//	e, err := edge.New(packBytes, edge.Config{Zone: "Europe/Amsterdam"})
//	if err != nil {
//		return err
//	}
//	defer e.Close()
//	http.ListenAndServe(":8080", e.Handler(pages))
//
// It only ever inserts, before the end tags of the head and of each <nabij-suggestions>: taking out what it has added leaves the origin's
// bytes. A page streams; of a tag that may be one of these, some bytes are held back until that is known. What it adds depends on the page,
// its address and the request's class (package moment) alone; no cookie, address, name of a browser or credential is looked at.
//
// Whatever goes wrong, the origin's page passes as it is.
package edge
