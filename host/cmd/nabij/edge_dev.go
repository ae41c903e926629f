package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/deploy"
	classes "github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/serve"
	"github.com/nabij/nabij/wasm/edge/worker"
	"github.com/nabij/nabij/web"
)

type edgeDevFlags struct {
	serving
	origin, root, zone, country string
}

func newEdgeDev() *cobra.Command {
	var f edgeDevFlags
	cmd := &cobra.Command{
		Use:   "dev DIR --origin ADDRESS",
		Short: "Run a Worker on this machine, before a real server",
		Long: `Dev runs the Worker of DIR, which "nabij edge init" made, in workerd, Cloudflare's own
runtime, before a server or a folder of pages, on this machine alone. Pages leave it as
visitors would get them, and have the overlay of "nabij serve", which shows what the
browser makes of them. When edge.json or the Worker changes it starts anew, and open
pages load again.

Visitors are at --zone and in --country, as Cloudflare would tell. The pack is the one
in DIR, also where edge.json has it read from KV or R2. With the overlay no page is kept in
the cache; --plain leaves it out.

It needs workerd: what scripts/install has fetched, one on PATH, or the file that
NABIJ_WORKERD names. "npm install workerd" has one in
node_modules/@cloudflare/workerd-*/bin.`,
		Example: `  nabij edge dev edge --origin http://127.0.0.1:3000
  nabij edge dev edge --root public --zone America/New_York --plain`,
		Args: arguments(1, 1, "the folder of a Worker"),
		RunE: func(cmd *cobra.Command, args []string) error { return runEdgeDev(cmd, args[0], f) },
	}
	fl := cmd.Flags()
	f.serving.register(fl)
	fl.StringVar(&f.origin, "origin", "", "the address of the server before which it runs, such as http://127.0.0.1:3000")
	fl.StringVar(&f.root, "root", "", "a folder of built pages, in place of a server")
	fl.StringVar(&f.zone, "zone", localZone(), "the time zone of visitors")
	fl.StringVar(&f.country, "country", "", "the country of visitors, such as NL (default unknown)")
	return cmd
}

// localZone returns the name of this machine's time zone, or UTC.
func localZone() string {
	if name := os.Getenv("TZ"); classes.KnowsZone(name) && name != "" {
		return name
	}
	if file, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(file, "zoneinfo/"); ok && classes.KnowsZone(name) {
			return name
		}
	}
	return "UTC"
}

func runEdgeDev(cmd *cobra.Command, dir string, f edgeDevFlags) error {
	d, err := f.check(dir)
	if err != nil {
		return err
	}
	defer d.close()
	ctx, stdout := cmd.Context(), cmd.OutOrStdout()
	d.log = cmd.ErrOrStderr()
	options := serve.Options{
		Build: d.build, Watch: []string{filepath.Join(dir, deploy.ConfigName), filepath.Join(dir, deploy.WorkerFolder)}, Plain: f.plain,
		Log: func(line string) { fmt.Fprintln(stdout, line) },
	}
	if answers := filepath.Join(dir, deploy.AnswersFolder); isFolder(answers) {
		options.Watch = append(options.Watch, answers)
	}
	if f.root != "" {
		options.Pages = []string{f.root}
	}
	site := serve.New(options)
	origin, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	behind := &http.Server{Handler: site}
	defer behind.Close()
	go behind.Serve(origin)
	d.behind = origin.Addr().String()
	if err := site.Build(ctx); err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- site.Watch(ctx) }()
	return f.listen(ctx, stdout, d.front(), failed, "The site is open at %s, behind the Worker, until you interrupt this.\n")
}

// check looks at what can be wrong before anything runs.
func (f *edgeDevFlags) check(dir string) (*edgeDev, error) {
	d := &edgeDev{dir: dir, root: f.root}
	if (f.origin == "") == (f.root == "") {
		return nil, usagef("--origin and --root: want one of them, the server or the folder of pages before which the Worker runs")
	}
	if f.origin != "" {
		var err error
		if d.origin, err = url.Parse(f.origin); err != nil || !isOrigin(f.origin) {
			return nil, usagef("--origin: got %q, want an address such as http://127.0.0.1:3000", f.origin)
		}
	} else if info, err := os.Stat(f.root); err != nil {
		return nil, fmt.Errorf("--root: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("--root: %s is a file; want a folder of pages", f.root)
	}
	if !classes.KnowsZone(f.zone) {
		return nil, usagef("--zone: got %q, want a time zone such as Europe/Amsterdam", f.zone)
	}
	cf := map[string]string{"timezone": f.zone}
	if f.country != "" {
		if len(f.country) != 2 || strings.ToUpper(f.country) != f.country {
			return nil, usagef("--country: got %q, want the two capital letters of a country, such as NL", f.country)
		}
		cf["country"] = f.country
	}
	text, err := json.Marshal(cf)
	d.cf = string(text)
	return d, err
}

// edgeDev is a Worker that runs before a site, and starts anew when it changes.
type edgeDev struct {
	dir, root, cf string
	origin        *url.URL // nil where there is a root
	behind        string   // the address of what the Worker fetches from
	log           io.Writer
	running       atomic.Pointer[workerd.Server]
}

// build starts the Worker of the folder as it is now. The one before goes on until then.
func (d *edgeDev) build(ctx context.Context) (serve.Built, error) {
	o, err := d.options()
	if err != nil {
		return serve.Built{}, err
	}
	p, err := pack.Open(o.Pack)
	if err != nil {
		return serve.Built{}, fmt.Errorf("%s: %w", filepath.Join(d.dir, deploy.WorkerFolder, worker.PackName), err)
	}
	modules, err := deploy.Modules(o)
	if err != nil {
		return serve.Built{}, err
	}
	config := workerd.Config{Modules: modules, Origin: d.behind, Cache: workerd.NewCache(64 << 20), CFHeader: true, Log: d.log}
	answers, err := deploy.Answers(o)
	if err != nil {
		return serve.Built{}, err
	}
	if answers != nil {
		config.Workers = map[string][]workerd.Module{worker.AnswersBinding: answers}
	}
	started, err := workerd.Start(ctx, config)
	if err != nil {
		if errors.Is(err, workerd.ErrMissing) {
			err = fmt.Errorf("%w; see nabij edge dev --help", err)
		}
		return serve.Built{}, err
	}
	if before := d.running.Swap(started); before != nil {
		before.Close()
	}
	return serve.Built{
		Pack: o.Pack, About: counted(int(p.Items()), "item"),
		Pages: func(tags template.HTML) http.Handler {
			if d.origin != nil {
				return serve.Proxy(d.origin, tags)
			}
			return serve.Folder(os.DirFS(d.root), tags)
		},
	}, nil
}

// options says what the Worker consists of, as the folder has it: with edge.json as it is now, but for origin and store, which are here.
func (d *edgeDev) options() (deploy.Options, error) {
	var o deploy.Options
	name := filepath.Join(d.dir, deploy.ConfigName)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o, fmt.Errorf("%w; want a folder made by nabij edge init", err)
	}
	if err != nil {
		return o, err
	}
	if o.Config, err = deploy.ReadConfig(bytes.NewReader(text), name); err != nil {
		return o, err
	}
	o.Config.Origin, o.Config.Pack = "", nil
	folder := filepath.Join(d.dir, deploy.WorkerFolder)
	if o.Pack, err = os.ReadFile(filepath.Join(folder, worker.PackName)); err != nil {
		return o, err
	}
	control, err := web.Control()
	if err != nil {
		return o, err
	}
	module, err := os.ReadFile(filepath.Join(folder, worker.ModuleName))
	if err != nil {
		return o, err
	}
	o.Pins = &web.Pins{Module: web.PinOf(".wasm", module), Pack: web.PinOf(".pack", o.Pack), Control: web.PinOf(".js", control)}
	answers := filepath.Join(d.dir, deploy.AnswersFolder, deploy.WorkerFolder)
	app := &deploy.App{}
	if app.Script, err = os.ReadFile(filepath.Join(answers, worker.GoName)); errors.Is(err, fs.ErrNotExist) {
		return o, nil // left out
	}
	if err != nil {
		return o, err
	}
	app.Binary, err = os.ReadFile(filepath.Join(answers, worker.AppName))
	o.App = app
	return o, err
}

// front is what browsers reach: it tells the Worker where visitors are, as Cloudflare does.
func (d *edgeDev) front() http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			to, err := url.Parse(d.running.Load().URL)
			if err != nil {
				return // ErrorHandler tells
			}
			r.SetURL(to)
			r.Out.Host = r.In.Host
			r.Out.Header.Set("Cf-Blob", d.cf)
		},
		FlushInterval: -1,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, fmt.Sprintf("The Worker does not answer: %v", err), http.StatusBadGateway)
		},
	}
}

func (d *edgeDev) close() {
	if s := d.running.Load(); s != nil {
		s.Close()
	}
}
