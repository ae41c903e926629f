// Package worker is the Workers' TypeScript: what runs before a site at Cloudflare, bundled here without Node.
//
// Script returns worker.mjs, which imports what must lie beside it: ModuleName, the engine, and PackName, the site's pack, which may be
// empty where a configuration has it read from KV or R2. What begins with /_nabij/ it has another Worker answer, which is bound as
// AnswersBinding; it does without where none is. That one is answers.mjs, which Answers returns. It imports the same, and what is written
// in Go: GoName, which Go returns, and beside that AppName, compiled from wasm/edge.
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

// The files of the Workers.
const (
	ScriptName  = "worker.mjs"
	AnswersName = "answers.mjs"
	ModuleName  = "nabij.wasm"
	PackName    = "site.pack"
	GoName      = "go.mjs"
	AppName     = "app.wasm"
)

// The bindings of a Worker: of what answers, and of where a pack is read from.
const (
	AnswersBinding = "NABIJ_ANSWERS"
	KVBinding      = "NABIJ_KV"
	R2Binding      = "NABIJ_R2"
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

// Script returns the module that starts before a site, worker.mjs, with a configuration: edge.json, which must be checked.
func Script(config []byte, t Tables) ([]byte, error) { return script(config, t, freshFor) }

func script(config []byte, t Tables, fresh time.Duration) ([]byte, error) {
	defined, err := t.defined()
	if err != nil {
		return nil, err
	}
	return bundle("worker.ts", config, fresh, defined)
}

// Answers returns the module that starts where /_nabij/ is answered, answers.mjs, with the same configuration.
func Answers(config []byte) ([]byte, error) { return answers(config, freshFor) }

func answers(config []byte, fresh time.Duration) ([]byte, error) {
	return bundle("answers.ts", config, fresh, map[string]string{})
}

func bundle(name string, config []byte, fresh time.Duration, defined map[string]string) ([]byte, error) {
	defined["CONFIG"] = string(config)
	defined["FRESH_MS"] = strconv.FormatInt(fresh.Milliseconds(), 10)
	return web.Module(files{}, folder+"/"+name, defined)
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
