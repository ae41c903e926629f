package workerd

import (
	"cmp"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
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
	// Workers are others that the first reaches, by the names of their bindings in its env. They have its KV and R2, and nothing else.
	Workers map[string][]Module
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

// encode returns the configuration as workerd reads it: a message of Config as its schema, workerd.capnp, has it, whose numbers of words, pointers
// and tags stand here. Written out as text, with its modules in other files, workerd would take 2.5 ms and 2 MB more for each MB of them. Services has
// the address of each service's name. WebAssembly is compiled as it is called: all of a Go program would take workerd a second, before it listens.
func (c Config) encode(services map[string]string) *message {
	config := newMessage(1, 6)
	config.setTexts(2, "--wasm-lazy-compilation", "--wasm-lazy-validation")

	names := slices.Sorted(maps.Keys(services))
	all := config.setStructs(0, 2+len(names)+len(c.Workers), 1, 2)
	next := func(name string) structure {
		service := all[0]
		all = all[1:]
		service.setText(0, name)
		return service
	}
	for _, name := range names {
		service := next(name)
		service.choose(3)
		external := service.setStruct(1, 1, 4)
		external.setText(0, services[name])
		options := external.setStruct(1, 1, 5)
		if name == cacheService {
			options.setText(0, protoHeader)
		}
	}
	internet := next("internet") // where fetches go without an origin: to no network
	internet.choose(2)
	internet.setStruct(1, 0, 3).setTexts(0)
	worker := func(name string, c Config) structure {
		service := next(name)
		service.choose(1)
		w := service.setStruct(1, 1, 13)
		c.encodeWorker(w)
		return w
	}
	first := worker(mainService, c)
	if services[originService] != "" {
		designate(first, 4, originService)
	}
	if services[cacheService] != "" {
		designate(first, 7, cacheService)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Workers)) {
		worker(workerPrefix+name, Config{Modules: c.Workers[name], KV: c.KV, R2: c.R2})
	}

	socket := config.setStructs(1, 1, 1, 5)[0]
	socket.setText(0, socketName)
	socket.setText(1, cmp.Or(c.Address, "127.0.0.1:0"))
	options := socket.setStruct(2, 1, 5)
	if c.CFHeader {
		options.setText(1, "cf-blob")
	}
	designate(socket, 4, mainService)
	return config.message
}

// The names in the configuration.
const (
	mainService   = "main"
	originService = "origin"
	cacheService  = "cache"
	bindingPrefix = "binding-"
	workerPrefix  = "worker-"
	socketName    = "http"
)

// designate sets the service that a pointer names.
func designate(s structure, pointer int, name string) {
	s.setStruct(pointer, 1, 3).setText(0, name)
}

func (c Config) encodeWorker(worker structure) {
	worker.setText(1, CompatibilityDate)
	for k, m := range worker.setStructs(0, len(c.Modules), 1, 3) {
		name, content := c.Modules[k].Name, c.Modules[k].Content
		m.setText(0, name)
		switch filepath.Ext(name) {
		case ".mjs", ".js":
			m.choose(0)
			m.setModule(1, content, 1)
		case ".json":
			m.choose(5)
			m.setModule(1, content, 1)
		case ".wasm":
			m.choose(4)
			m.setModule(1, content, 0)
		default:
			m.choose(3)
			m.setModule(1, content, 0)
		}
	}

	bindings := worker.setStructs(3, len(c.JSON)+len(c.Workers)+len(c.Fetchers)+len(c.KV)+len(c.R2), 1, 6)
	next := func(name string, tag uint16) structure {
		b := bindings[0]
		bindings = bindings[1:]
		b.setText(0, name)
		b.choose(tag)
		return b
	}
	for _, name := range slices.Sorted(maps.Keys(c.JSON)) {
		next(name, 4).setText(1, c.JSON[name])
	}
	for _, name := range slices.Sorted(maps.Keys(c.Workers)) {
		designate(next(name, 7), 1, workerPrefix+name)
	}
	for _, kind := range []struct {
		of  map[string]http.Handler
		tag uint16
	}{{c.Fetchers, 7}, {c.KV, 9}, {c.R2, 10}} {
		for _, name := range slices.Sorted(maps.Keys(kind.of)) {
			designate(next(name, kind.tag), 1, bindingPrefix+name)
		}
	}
}
