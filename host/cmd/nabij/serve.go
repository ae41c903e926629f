package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/serve"
)

type serveFlags struct {
	buildFlags
	serving
	root, proxy string
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve FEED...",
		Short: "Serve a site with Nabij on this machine, and reload it on change",
		Long: `Serve builds as "nabij build" does, in memory, and serves the site's pages with what
they need on this machine alone. When a feed, the configuration or a page changes it
builds again, and pages that are open load again. An overlay on each page shows the
visit's signals and intent, what each slot holds and why, what is left of the budget,
and what the page has sent.

The pages are those of --root, a folder of built pages, or of --proxy, a server that
you develop with; both get the script at their end if they lack it, and show
suggestions where they have <nabij-suggestions>. If a FEED is a folder of pages, that
is the root. With neither, a preview is made from the feeds: a page an item.`,
		Example: `  nabij serve feed.xml
  nabij serve public
  nabij serve feed.xml --root public --config nabij.json
  nabij serve feed.xml --proxy http://127.0.0.1:3000`,
		Args: arguments(1, -1, "at least one FEED"),
		RunE: func(cmd *cobra.Command, args []string) error { return runServe(cmd, args, f) },
	}
	fl := cmd.Flags()
	f.buildFlags.register(fl)
	f.serving.register(fl)
	fl.StringVar(&f.root, "root", "", "a folder of built pages to serve")
	fl.StringVar(&f.proxy, "proxy", "", "the address of a server whose pages to serve, such as http://127.0.0.1:3000")
	return cmd
}

// serving are the flags of whatever serves pages.
type serving struct {
	address string
	plain   bool
}

const defaultAddress = "127.0.0.1:8080"

func (f *serving) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.address, "address", defaultAddress, "where to serve; port 0 is any that is free")
	fl.BoolVar(&f.plain, "plain", false, "leave out the overlay, and the reloading")
}

func runServe(cmd *cobra.Command, feeds []string, f serveFlags) error {
	proxy, err := f.check(feeds)
	if err != nil {
		return err
	}
	ctx, stdout := cmd.Context(), cmd.OutOrStdout()
	s := &served{serveFlags: f, feeds: feeds, proxy: proxy, stderr: cmd.ErrOrStderr()}
	options := serve.Options{
		Build: s.build, Watch: slices.Clone(feeds), Plain: f.plain,
		Log: func(line string) { fmt.Fprintln(stdout, line) },
	}
	for _, name := range []string{f.config, f.learned} {
		if name != "" {
			options.Watch = append(options.Watch, name)
		}
	}
	if f.root != "" {
		options.Pages = []string{f.root}
	}
	server := serve.New(options)
	if err := server.Build(ctx); err != nil {
		return err
	}
	failed := make(chan error, 1)
	if !f.plain {
		go func() { failed <- server.Watch(ctx) }()
	}
	return f.listen(ctx, stdout, server, failed, "The site is open at %s until you interrupt this.\n")
}

// served is a site that is built whenever something changes.
type served struct {
	serveFlags
	feeds  []string
	proxy  *url.URL // nil when there is none
	stderr io.Writer
	told   string // the problems of the last build, which are told when they change
}

func (s *served) build(ctx context.Context) (serve.Built, error) {
	cfg, err := s.configuration()
	if err != nil {
		return serve.Built{}, err
	}
	bar := progressOf(s.stderr)
	defer bar.end()
	items, reports, err := readFeeds(ctx, s.feeds, cfg, s.buildFlags, bar)
	var b built
	if err == nil {
		if s.root != "" || s.proxy != nil {
			items = serve.Local(items, cfg.Site)
		} else {
			items = serve.LocalAll(items)
		}
		b, err = packItems(ctx, items, cfg, s.buildFlags, bar)
	}
	bar.end()
	if interrupted := ctx.Err(); interrupted != nil {
		return serve.Built{}, interrupted
	}
	var problems strings.Builder
	tellProblems(&problems, reports, b.report)
	if told := problems.String(); told != s.told {
		s.told = told
		fmt.Fprint(s.stderr, told)
	}
	if err != nil {
		return serve.Built{}, err
	}
	return serve.Built{
		Pack: b.pack, About: counted(b.report.Items, "item"), Sensitivity: &b.report.Sensitivity,
		Pages: func(tags template.HTML) http.Handler { return s.pages(cfg, items, tags) },
	}, nil
}

func (s *served) pages(cfg build.Config, items []catalogue.Item, tags template.HTML) http.Handler {
	switch {
	case s.proxy != nil:
		return serve.Proxy(s.proxy, tags)
	case s.root != "":
		return serve.Folder(os.DirFS(s.root), tags)
	}
	p := serve.Preview{Name: cfg.Site, Language: cfg.Language, Items: items, Slots: cfg.Slots}
	if p.Name == "" {
		p.Name = "Preview"
	}
	if len(p.Slots) == 0 {
		p.Slots = build.DefaultSlots()
	}
	return p.Handler(tags)
}

// check looks at what can be wrong before anything is read, and returns the address to pass requests on to, if any. A feed that
// is a folder of pages becomes the root.
func (f *serveFlags) check(feeds []string) (*url.URL, error) {
	if err := f.checkNeighbours(); err != nil {
		return nil, err
	}
	if f.root != "" && f.proxy != "" {
		return nil, usagef("--root and --proxy: want one of them")
	}
	if f.proxy != "" {
		u, err := url.Parse(f.proxy)
		if err != nil || !isOrigin(f.proxy) {
			return nil, usagef("--proxy: got %q, want an address such as http://127.0.0.1:3000", f.proxy)
		}
		return u, nil
	}
	for _, feed := range feeds {
		if info, err := os.Stat(feed); f.root == "" && err == nil && info.IsDir() {
			f.root = feed
		}
	}
	if f.root == "" {
		return nil, nil
	}
	switch info, err := os.Stat(f.root); {
	case err != nil:
		return nil, fmt.Errorf("--root: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("--root: %s is a file; want a folder of pages", f.root)
	}
	return nil, nil
}

// listen serves until ctx ends or something fails, and says where; says has the address in it.
func (f *serving) listen(ctx context.Context, w io.Writer, handler http.Handler, failed <-chan error, says string) error {
	listener, err := net.Listen("tcp", f.address)
	if errors.Is(err, syscall.EADDRINUSE) && f.address == defaultAddress {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return fmt.Errorf("--address: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	fmt.Fprintf(w, says, "http://"+listener.Addr().String()+"/")
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err = <-ended:
	case err = <-failed:
		server.Close()
		if err == nil { // ctx has ended
			err = <-ended
		}
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
