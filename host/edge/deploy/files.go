package deploy

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
	"github.com/nabij/nabij/web"
)

// The files that people edit: they are written once.
const (
	ConfigName   = "edge.json"
	WranglerName = "wrangler.jsonc"
	ReadmeName   = "README.md"
)

// WorkerFolder has what is made anew each time.
const WorkerFolder = "worker"

// Options say what to deploy.
type Options struct {
	// Name is the Worker's name at Cloudflare; empty is "nabij-edge".
	Name   string
	Config Config
	// Pack is the bytes of a pack. What is read from a store may be without, at first.
	Pack []byte
	// Pins name script, module and pack as the site serves them; nil preloads none of them.
	Pins *web.Pins
	// App is what answers /_nabij/; nil leaves that out.
	App *App
	// Assets is the folder of a built site, as wrangler.jsonc has it, that the Worker serves itself; empty is none.
	Assets string
}

// Modules returns what the Worker consists of; the first starts. The pack is opened, so that what the Worker would refuse shows here.
func Modules(o Options) ([]workerd.Module, error) {
	if o.Pack == nil && o.Config.Pack == nil {
		return nil, fmt.Errorf("deploy: there is neither a pack nor a store that it is read from")
	}
	var p *pack.Pack
	if o.Pack != nil {
		var err error
		if p, err = pack.Open(o.Pack); err != nil {
			return nil, err
		}
		counted := o.Config.Config
		for l := range p.Languages() {
			counted.Languages = append(counted.Languages, string(p.LanguageName(l)))
		}
		if err := counted.Check(); err != nil {
			return nil, fmt.Errorf("%s: %w", ConfigName, err)
		}
	}
	c := o.Config
	c.Preload = append(o.preloads(), c.Preload...)
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	script, err := worker.Script(text, Tables(p, time.Now()))
	if err != nil {
		return nil, err
	}
	modules := []workerd.Module{
		{Name: worker.ScriptName, Content: script}, {Name: worker.ModuleName, Content: host.Module()}, {Name: worker.PackName, Content: o.Pack},
	}
	if o.App != nil {
		glue, err := worker.Go(o.App.Glue)
		if err != nil {
			return nil, err
		}
		modules = append(modules, workerd.Module{Name: worker.GoName, Content: glue}, workerd.Module{Name: worker.AppName, Content: o.App.Binary})
	}
	return modules, nil
}

// Tables returns what a Worker that is made now knows without asking Intl: how prices of a pack are written, and the time in time zones for a year and
// more. Nil is no pack.
func Tables(p *pack.Pack, now time.Time) worker.Tables {
	t := worker.Tables{Zones: zonesOf(now)}
	if p != nil {
		t.Prices = markup.PriceFormats(p)
	}
	return t
}

// preloads are those of what the script fetches, and of itself.
func (o *Options) preloads() []markup.Preload {
	base := o.Config.Base
	if base == "" {
		base = DefaultBase
	}
	all := []markup.Preload{{Href: base + build.ScriptName, As: "script"}}
	if o.Pins != nil {
		all = append(all,
			markup.Preload{Href: base + o.Pins.Module.File, As: "fetch", Type: "application/wasm", Integrity: o.Pins.Module.Integrity},
			markup.Preload{Href: base + o.Pins.Pack.File, As: "fetch", Integrity: o.Pins.Pack.Integrity})
	}
	return all
}

// File is a file of the folder; its name may begin with that of WorkerFolder.
type File struct {
	Name    string
	Content []byte
	// Once says that it is for people to edit, and stays as they have it.
	Once bool
}

// Files returns the folder's files.
func Files(o Options) ([]File, error) {
	modules, err := Modules(o)
	if err != nil {
		return nil, err
	}
	var all []File
	for _, m := range modules {
		all = append(all, File{Name: WorkerFolder + "/" + m.Name, Content: m.Content})
	}
	config := o.Config
	if config.Base == "" {
		config.Base = DefaultBase
	}
	if len(config.Classes) == 0 {
		config.Classes = []string{moment.Moment, moment.Device}
	}
	text, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		return nil, err
	}
	site := o.site()
	return append(all, File{ConfigName, append(text, '\n'), true}, File{WranglerName, o.wrangler(site), true}, File{ReadmeName, readme(site), true}), nil
}

// site is the site's host, as the pack names it, or empty.
func (o *Options) site() string {
	p, err := pack.Open(o.Pack)
	if err != nil {
		return ""
	}
	u, err := url.Parse(string(p.Site()))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
