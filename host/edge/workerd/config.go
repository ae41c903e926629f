package workerd

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"maps"
)

// Module is a file that the Worker consists of. What it is says its name: .mjs and .js are ES modules, .wasm is compiled, .json
// is parsed, anything else is data.
type Module struct {
	Name    string
	Content []byte
}

// Config says what to run. Only Modules must be set.
type Config struct {
	// Modules are the Worker's; the first is the one that starts.
	Modules []Module
	// Origin is the address, host:port, that every fetch of the Worker reaches, whatever host it names. Without one, fetches fail.
	Origin string
	// Cache serves the Cache API, as NewCache does. Without one nothing is ever found in the cache, and storing fails.
	Cache http.Handler
	// KV, R2 and Fetchers serve bindings, by their names in the Worker's env: namespaces, buckets, and what has a fetch of its own, such
	// as static assets.
	KV, R2, Fetchers map[string]http.Handler
	// JSON has bindings that are values, as JSON.
	JSON map[string]string
	// CFHeader takes request.cf from the request's header cf-blob, as JSON. Anyone could send that: for tests alone.
	CFHeader bool
	// Address is where to listen; empty is a free port of 127.0.0.1.
	Address string
	// Binary is workerd's path; empty is what Find returns.
	Binary string
	// Log gets what workerd and the Worker's console write. Nil drops it, but for what Start's error quotes.
	Log io.Writer
}

// CompatibilityDate is the date of the runtime's behaviour that the worker is written for; wrangler.jsonc has the same.
const CompatibilityDate = "2026-04-01"

// write writes the configuration and its modules to a directory, and returns the configuration's file. Services has the address of
// each service's name. WebAssembly is compiled as it is called: all of a Go program would take workerd a second, before it listens.
func (c Config) write(dir string, services map[string]string) (string, error) {
	var b bytes.Buffer
	b.WriteString("using Workerd = import \"/workerd/workerd.capnp\";\nconst config :Workerd.Config = (\n  v8Flags = [\"--wasm-lazy-compilation\", \"--wasm-lazy-validation\"],\n  services = [\n    (name = \"main\", worker = .main),\n")
	for _, name := range slices.Sorted(maps.Keys(services)) {
		style := ""
		if name == "cache" {
			style = fmt.Sprintf("forwardedProtoHeader = %q", protoHeader)
		}
		fmt.Fprintf(&b, "    (name = %s, external = (address = %s, http = (%s))),\n", quote(name), quote(services[name]), style)
	}
	address, cf := c.Address, ""
	if address == "" {
		address = "127.0.0.1:0"
	}
	if c.CFHeader {
		cf = "cfBlobHeader = \"cf-blob\""
	}
	fmt.Fprintf(&b, "  ],\n  sockets = [(name = \"http\", address = %s, http = (%s), service = \"main\")],\n);\n", quote(address), cf)

	fmt.Fprintf(&b, "const main :Workerd.Worker = (\n  compatibilityDate = %s,\n  modules = [\n", quote(CompatibilityDate))
	for k, m := range c.Modules {
		kind := "data"
		switch filepath.Ext(m.Name) {
		case ".mjs", ".js":
			kind = "esModule"
		case ".wasm":
			kind = "wasm"
		case ".json":
			kind = "json"
		}
		file := "module" + strconv.Itoa(k)
		if err := os.WriteFile(filepath.Join(dir, file), m.Content, 0o600); err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "    (name = %s, %s = embed %s),\n", quote(m.Name), kind, quote(file))
	}
	b.WriteString("  ],\n  bindings = [\n")
	for _, kind := range []struct {
		name   string
		values []string
	}{{"kvNamespace", names(c.KV)}, {"r2Bucket", names(c.R2)}, {"service", names(c.Fetchers)}} {
		for _, name := range kind.values {
			fmt.Fprintf(&b, "    (name = %s, %s = %s),\n", quote(name), kind.name, quote("binding-"+name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.JSON)) {
		fmt.Fprintf(&b, "    (name = %s, json = %s),\n", quote(name), quote(c.JSON[name]))
	}
	b.WriteString("  ],\n")
	if services["origin"] != "" {
		b.WriteString("  globalOutbound = \"origin\",\n")
	}
	if services["cache"] != "" {
		b.WriteString("  cacheApiOutbound = \"cache\",\n")
	}
	b.WriteString(");\n")
	file := filepath.Join(dir, "config.capnp")
	return file, os.WriteFile(file, b.Bytes(), 0o600)
}

func names(handlers map[string]http.Handler) []string { return slices.Sorted(maps.Keys(handlers)) }

// quote writes a text of Cap'n Proto's schema language.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
