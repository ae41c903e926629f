package serve

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/web"
)

// Base is the folder in which pages find Nabij's files.
const Base = "/nabij/"

// debugBase is what the overlay alone asks for.
const debugBase = Base + "-/"

// Built is a site as it is at the moment.
type Built struct {
	Pack []byte
	// Pages returns the handler of the site's pages, which puts the tags into the head or at the end of each.
	Pages func(tags template.HTML) http.Handler
	// About says in a line what was built.
	About string
	// Sensitivity is what the build's report says, for the site's page about suggestions; nil where it is not known.
	Sensitivity *build.Sensitivity
}

// Options say what is served.
type Options struct {
	// Build makes the site anew. It is never called twice at once.
	Build func(ctx context.Context) (Built, error)
	// Watch are the files and folders that Build reads: when they change it is called again. Pages are folders that only the
	// pages are made of: when they change, pages are loaded again.
	Watch, Pages []string
	// Plain leaves the overlay out, and with it the reloading.
	Plain bool
	// Log is told, in a line, of each build after the first. May be nil.
	Log func(line string)
}

// Server serves a site. Its methods may be called concurrently, but for Build and Watch.
type Server struct {
	options Options
	debug   []byte // the overlay's script

	mu     sync.Mutex
	built  Built
	pages  http.Handler
	files  map[string]build.WebFile // by name, those of the build before too: a page that is open may still ask for them
	before map[string]build.WebFile
	state  state
	count  int
	change chan struct{} // closed when state changes
}

// state is what open pages are told.
type state struct {
	// Build is another with every change that pages should be loaded again for.
	Build string `json:"build"`
	// Error says why the last build failed; what is served is of the one before.
	Error string `json:"error,omitempty"`
}

// New returns a server that has nothing to serve until Build.
func New(options Options) *Server {
	if options.Log == nil {
		options.Log = func(string) {}
	}
	return &Server{options: options, change: make(chan struct{})}
}

// Build builds, and serves what came of it from then on. After an error it serves what it did before, and says on open pages
// what was wrong.
func (s *Server) Build(ctx context.Context) error {
	built, err := s.options.Build(ctx)
	if err == nil {
		err = s.serve(built)
	}
	if err != nil {
		s.tell(func() { s.state.Error = err.Error() })
	}
	return err
}

func (s *Server) serve(built Built) error {
	list, err := build.Web(built.Pack, host.Module(), built.Sensitivity)
	if err != nil {
		return err
	}
	if s.debug == nil {
		if s.debug, err = web.Debug(); err != nil {
			return err
		}
	}
	files := make(map[string]build.WebFile, len(list))
	for _, f := range list {
		files[f.Name] = f
	}
	s.tell(func() {
		s.built, s.before, s.files = built, s.files, files
		s.next()
	})
	return nil
}

// next has open pages load again. The name of a build is of no other, also not of a server before this one.
func (s *Server) next() {
	s.count++
	s.state = state{Build: fmt.Sprintf("%x-%d", time.Now().UnixMilli(), s.count)}
	s.pages = s.built.Pages(s.tags())
}

// tags are what a page needs to have Nabij and the overlay.
func (s *Server) tags() template.HTML {
	tags := fmt.Sprintf(`<script defer src="%s%s"></script>`, Base, build.ScriptName)
	if !s.options.Plain {
		tags += fmt.Sprintf("\n"+`<script defer src="%sdebug.js" data-build="%s"></script>`, debugBase, s.state.Build)
	}
	return template.HTML(tags)
}

// tell changes what there is, and wakes whoever waits for that.
func (s *Server) tell(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.change)
	s.change = make(chan struct{})
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Server-Timing", fmt.Sprintf("%s;dur=%d", sentMetric, sentBytes(r)))
	name, ours := strings.CutPrefix(r.URL.Path, Base)
	switch {
	case !ours:
		s.mu.Lock()
		pages := s.pages
		s.mu.Unlock()
		pages.ServeHTTP(w, r)
	case r.URL.Path == debugBase+"debug.js" && !s.options.Plain:
		serveFile(w, r, build.WebFile{Name: "debug.js", Content: s.debug}, "no-cache")
	case r.URL.Path == debugBase+"events" && !s.options.Plain:
		s.serveEvents(w, r)
	default:
		s.mu.Lock()
		f, ok := s.files[name]
		if !ok {
			f, ok = s.before[name]
		}
		s.mu.Unlock()
		if !ok {
			http.NotFound(w, r)
			return
		}
		serveBuilt(w, r, f)
	}
}

// sentMetric is the name under which a response says how many bytes its request took, in place of milliseconds: the overlay
// adds them up.
const sentMetric = "nabij-sent"

// sentBytes returns how many bytes a request is in HTTP/1.1.
func sentBytes(r *http.Request) int64 {
	n := len(r.Method) + len(" ") + len(r.RequestURI) + len(" HTTP/1.1\r\n") + len("Host: \r\n") + len(r.Host) + len("\r\n")
	for name, values := range r.Header {
		for _, value := range values {
			n += len(name) + len(": \r\n") + len(value)
		}
	}
	return int64(n) + max(r.ContentLength, 0)
}
