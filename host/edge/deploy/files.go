package deploy

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
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

// WorkerFolder has what is made anew each time. AnswersFolder is the folder of the Worker that answers /_nabij/: with a WranglerName and a
// WorkerFolder of its own.
const (
	WorkerFolder  = "worker"
	AnswersFolder = "answers"
)

// Options say what to deploy.
type Options struct {
	// Name is the Worker's name at Cloudflare; empty is "nabij-edge". That which answers /_nabij/ is called the same and "-answers".
	Name   string
	Config Config
	// Pack is the bytes of a pack. What is read from a store may be without, at first.
	Pack []byte
	// Pins name script, module and pack as the site serves them; nil preloads none of them.
	Pins *web.Pins
	// App is what answers /_nabij/, in a Worker of its own; nil leaves that out.
	App *App
	// Assets is the folder of a built site, as wrangler.jsonc has it, that the Worker serves itself; empty is none.
	Assets string
}

// Modules returns what the Worker before a site consists of; the first starts. The pack is opened, so that what the Worker would refuse
// shows here.
func Modules(o Options) ([]workerd.Module, error) {
	p, err := o.check()
	if err != nil {
		return nil, err
	}
	c := o.Config
	c.Preload = append(o.preloads(), c.Preload...)
	return o.modules(worker.ScriptName, c, func(config []byte) ([]byte, error) { return worker.Script(config, Tables(p, time.Now())) })
}

// Answers returns what the Worker that answers /_nabij/ consists of, or nothing where there is no App.
func Answers(o Options) ([]workerd.Module, error) {
	if o.App == nil {
		return nil, nil
	}
	if _, err := o.check(); err != nil {
		return nil, err
	}
	modules, err := o.modules(worker.AnswersName, o.Config, worker.Answers)
	return append(modules, workerd.Module{Name: worker.GoName, Content: o.App.Script}, workerd.Module{Name: worker.AppName, Content: o.App.Binary}), err
}

func (o *Options) modules(name string, c Config, script func(config []byte) ([]byte, error)) ([]workerd.Module, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	content, err := script(text)
	return []workerd.Module{{Name: name, Content: content}, {Name: worker.ModuleName, Content: host.Module()}, {Name: worker.PackName, Content: o.Pack}}, err
}

// check returns the pack, or nil where it is read from a store alone.
func (o *Options) check() (*pack.Pack, error) {
	if o.Pack == nil {
		if o.Config.Pack == nil {
			return nil, errors.New("deploy: there is neither a pack nor a store that it is read from")
		}
		return nil, nil
	}
	p, err := pack.Open(o.Pack)
	if err != nil {
		return nil, err
	}
	counted := o.Config.Config
	for l := range p.Languages() {
		counted.Languages = append(counted.Languages, string(p.LanguageName(l)))
	}
	if err := counted.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", ConfigName, err)
	}
	return p, nil
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

// File is a file of the folder; its name has slashes where it is in a folder in that.
type File struct {
	Name    string
	Content []byte
	// Once says that it is for people to edit, and stays as they have it.
	Once bool
}

// Files returns the folder's files.
func Files(o Options) ([]File, error) {
	site, err := Modules(o)
	if err != nil {
		return nil, err
	}
	answers, err := Answers(o)
	if err != nil {
		return nil, err
	}
	var all []File
	for _, m := range site {
		all = append(all, File{Name: path.Join(WorkerFolder, m.Name), Content: m.Content})
	}
	for _, m := range answers {
		all = append(all, File{Name: path.Join(AnswersFolder, WorkerFolder, m.Name), Content: m.Content})
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
	host := o.site()
	all = append(all, File{ConfigName, append(text, '\n'), true}, File{WranglerName, o.wrangler(host), true}, File{ReadmeName, readme(host), true})
	if o.App != nil {
		all = append(all, File{path.Join(AnswersFolder, WranglerName), o.wranglerOfAnswers(), true})
	}
	return all, nil
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
