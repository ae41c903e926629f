// Package worker is the Worker's TypeScript: what runs before a site at Cloudflare, bundled here without Node.
//
// Script returns worker.mjs, which imports what must lie beside it: ModuleName, the engine, and PackName, the site's pack, which may be
// empty where a configuration has it read from KV or R2. What answers under /_nabij/ is written in Go: GoName, which Go returns, and
// AppName, compiled from wasm/edge. worker.mjs imports GoName when it is first asked, and does without where it is not there.
package worker

import (
	"embed"
	"encoding/json"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/web"
)

// The files of a Worker.
const (
	ScriptName = "worker.mjs"
	ModuleName = "nabij.wasm"
	PackName   = "site.pack"
	GoName     = "go.mjs"
	AppName    = "app.wasm"
)

//go:embed *.ts
var own embed.FS

// folder is where these sources are in the repository, and as they name those of web/src.
const folder = "wasm/edge/worker"

// freshFor is how long a pack of KV or R2 is not looked for again.
const freshFor = time.Minute

// Tables are what the Worker knows of languages and time zones without asking Intl: its first question takes longer than the rest of a first page. What
// is not in them Intl is asked.
type Tables struct {
	// Prices are formats by what markup.PriceFormats has them by.
	Prices map[string]markup.PriceFormat
	Zones  Zones
}

// Zones are the offsets of time zones in some period.
type Zones struct {
	FromMS  int64 `json:"fromMs"`
	UntilMS int64 `json:"untilMs"`
	// Offsets has lines: names, each between spaces, an equals sign, and the offset, then when it changes and to what, any number of times. The numbers
	// are quarters of an hour; times are those since 1970.
	Offsets string `json:"offsets"`
}

// Script returns the module that starts, worker.mjs, with a configuration: edge.json, which must be checked.
func Script(config []byte, t Tables) ([]byte, error) { return script(config, t, freshFor) }

func script(config []byte, t Tables, fresh time.Duration) ([]byte, error) {
	defined, err := t.defined()
	if err != nil {
		return nil, err
	}
	defined["CONFIG"] = string(config)
	defined["FRESH_MS"] = strconv.FormatInt(fresh.Milliseconds(), 10)
	return web.Module(files{}, folder+"/worker.ts", defined)
}

// defined are the tables as the sources name them.
func (t Tables) defined() (map[string]string, error) {
	if t.Prices == nil {
		t.Prices = map[string]markup.PriceFormat{}
	}
	prices, err := json.Marshal(t.Prices)
	if err != nil {
		return nil, err
	}
	zones, err := json.Marshal(t.Zones)
	return map[string]string{"PRICES": string(prices), "ZONES": string(zones)}, err
}

// Go returns the module that runs AppName. Glue is wasm_exec.js of the Go that compiled it, in its GOROOT's lib/wasm.
func Go(glue []byte) ([]byte, error) {
	module, err := web.Module(files{}, folder+"/go.ts", nil)
	return slices.Concat(glue, []byte("\n"), module), err
}

// files are these sources and those of web, by their paths in the repository.
type files struct{}

func (files) Open(name string) (fs.File, error) {
	if rest, ok := strings.CutPrefix(name, "web/"); ok {
		return web.Sources().Open(rest)
	}
	rest, ok := strings.CutPrefix(name, folder+"/")
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return own.Open(rest)
}
