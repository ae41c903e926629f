// Package serve shows a site with Nabij on the machine of whoever works on it: it builds, serves, and has open pages load
// again when a feed, the configuration or a page changes, with an overlay that shows what Nabij does on them.
//
//	server := serve.New(serve.Options{Build: build, Watch: []string{"feed.xml"}, Log: log})
//	if err := server.Build(ctx); err != nil {
//		return err
//	}
//	go server.Watch(ctx)
//	err := http.Serve(listener, server)
//
// What it serves under Base is what a site serves there, and below debugBase what only the overlay asks for. Pages come from
// Folder, Proxy, Preview, or a handler of the caller's. It is for development: it answers whoever can reach it.
package serve
