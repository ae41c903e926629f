// Command edge is the Go part of the edge: it answers what begins with /_nabij/, in a Worker of its own. Pages never come here; the Worker
// before a site fills them itself, with the same module as everywhere.
//
// Its Worker gives it, in the global scope of JavaScript:
//
//	nabijPack()    the bytes of the pack as a Uint8Array, or undefined while there is none
//	nabijConfig()  the text of edge.json
//
// and calls context.binding.handleRequest as github.com/syumai/workers has it, with the request's class as a parameter of the address
// where it has none: the time zone and country that Cloudflare tells are for the Worker before the site to read.
//
// Run natively, it serves the pack whose file is its argument, on port 9900 or $PORT.
package main

func main() { serve(handler(source{pack: packBytes, config: configText})) }
