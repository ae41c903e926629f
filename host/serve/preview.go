package serve

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// Preview is a site made of a catalogue alone, for who has a feed at hand and no pages: a page an item, at its URL's path, lists
// by topic, a search, and the panel. Every page has slots.
type Preview struct {
	// Name is the site's, Language the tag of pages whose item has none.
	Name, Language string
	// Items have paths for URLs, each its own: see Local.
	Items []catalogue.Item
	Slots []pack.Slot
}

// own is where the preview has its own pages, beside the items'.
const own = "/-/"

// perPage is how many items a list shows at once.
const perPage = 48

//go:embed preview
var previewFiles embed.FS

var previewPages = template.Must(template.New("").Funcs(template.FuncMap{
	"topic":  func(path []string) string { return own + "topic?path=" + url.QueryEscape(topicPath(path)) },
	"joined": topicPath,
	"last":   func(path []string) string { return path[len(path)-1] },
	"inc":    func(n int) int { return n + 1 },
}).ParseFS(previewFiles, "preview/*.html"))

func topicPath(path []string) string { return strings.Join(path, " > ") }

// previewer is a preview that is served.
type previewer struct {
	Preview
	tags   template.HTML
	byPath map[string]*catalogue.Item
	topics [][]string // all, sorted
	// Pictured says that some item has a picture, for which slots need room.
	Pictured bool
}

// previewPage is what the templates show.
type previewPage struct {
	*previewer
	Tags                   template.HTML
	Language, Title, Query string
	About                  string // the topic's path, for the engine
	Trail                  []string
	Topics                 [][]string
	Item                   *catalogue.Item
	Items                  []*catalogue.Item
	Found                  int
	Earlier, Later         string
	First, Others          []pack.Slot
	Panel                  bool
}

// Handler returns the preview's pages with the tags in their heads.
func (p Preview) Handler(tags template.HTML) http.Handler {
	s := &previewer{Preview: p, tags: tags, byPath: map[string]*catalogue.Item{}}
	s.Items = slices.Clone(p.Items)
	slices.SortStableFunc(s.Items, func(a, b catalogue.Item) int {
		switch {
		case a.Popularity > b.Popularity:
			return -1
		case a.Popularity < b.Popularity:
			return 1
		}
		return 0
	})
	seen := map[string]bool{}
	for i := range s.Items {
		s.byPath[s.Items[i].URL] = &s.Items[i]
		s.Pictured = s.Pictured || s.Items[i].Image != ""
		for _, path := range s.Items[i].Topics {
			for n := range path {
				if name := topicPath(path[:n+1]); !seen[name] {
					seen[name] = true
					s.topics = append(s.topics, path[:n+1])
				}
			}
		}
	}
	slices.SortFunc(s.topics, slices.Compare)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", s.item)
	mux.HandleFunc("GET "+own+"topic", s.topic)
	mux.HandleFunc("GET "+own+"search", s.search)
	mux.HandleFunc("GET "+own+"visit", func(w http.ResponseWriter, r *http.Request) {
		s.write(w, http.StatusOK, previewPage{Title: "Your visit", Panel: true})
	})
	mux.HandleFunc("GET "+own+"style.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, previewFiles, "preview/style.css")
	})
	return mux
}

// item serves the page of an item, the home page, or that there is none.
func (s *previewer) item(w http.ResponseWriter, r *http.Request) {
	it := s.byPath[r.URL.RequestURI()]
	if it == nil {
		it = s.byPath[r.URL.Path]
	}
	switch {
	case it != nil:
		p := previewPage{Title: it.Title, Language: it.Language, Item: it, Others: s.Slots}
		if len(it.Topics) > 0 {
			p.Trail = it.Topics[0]
		}
		s.write(w, http.StatusOK, p)
	case r.URL.Path == "/":
		p := previewPage{Title: s.Name, First: s.Slots[:1]}
		p.list(r, s.Items, func(*catalogue.Item) bool { return true })
		p.Topics = s.below(nil)
		s.write(w, http.StatusOK, p)
	default:
		s.write(w, http.StatusNotFound, previewPage{Title: "No item has this address"})
	}
}

func (s *previewer) topic(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("path")
	at := slices.IndexFunc(s.topics, func(path []string) bool { return topicPath(path) == name })
	if at < 0 {
		s.write(w, http.StatusNotFound, previewPage{Title: "There is no such topic"})
		return
	}
	path := s.topics[at]
	p := previewPage{Title: path[len(path)-1], About: name, Trail: path[:len(path)-1], First: s.Slots[:1], Topics: s.below(path)}
	p.list(r, s.Items, func(it *catalogue.Item) bool {
		return slices.ContainsFunc(it.Topics, func(t []string) bool { return len(t) >= len(path) && slices.Equal(t[:len(path)], path) })
	})
	s.write(w, http.StatusOK, p)
}

// below returns the topics one step below a path.
func (s *previewer) below(path []string) (children [][]string) {
	for _, t := range s.topics {
		if len(t) == len(path)+1 && slices.Equal(t[:len(path)], path) {
			children = append(children, t)
		}
	}
	return children
}

func (s *previewer) search(w http.ResponseWriter, r *http.Request) {
	p := previewPage{Query: strings.TrimSpace(r.URL.Query().Get("q")), First: s.Slots[:1]}
	p.Title = "Results for “" + p.Query + "”"
	words := strings.Fields(strings.ToLower(p.Query))
	p.list(r, s.Items, func(it *catalogue.Item) bool {
		title := strings.ToLower(it.Title)
		return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(title, word) })
	})
	s.write(w, http.StatusOK, p)
}

// list fills in the page of the items that are wanted, and the addresses of those before and after it.
func (p *previewPage) list(r *http.Request, items []catalogue.Item, wanted func(*catalogue.Item) bool) {
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	for i := range items {
		if !wanted(&items[i]) {
			continue
		}
		if p.Found >= from && len(p.Items) < perPage {
			p.Items = append(p.Items, &items[i])
		}
		p.Found++
	}
	at := func(n int) string {
		query := r.URL.Query()
		query.Set("from", strconv.Itoa(n))
		return r.URL.Path + "?" + query.Encode()
	}
	if from > 0 {
		p.Earlier = at(max(0, from-perPage))
	}
	if from+perPage < p.Found {
		p.Later = at(from + perPage)
	}
}

func (s *previewer) write(w http.ResponseWriter, status int, p previewPage) {
	p.previewer, p.Tags = s, s.tags
	for _, tag := range []string{s.Preview.Language, "en"} {
		if p.Language == "" {
			p.Language = tag
		}
	}
	var b bytes.Buffer
	if err := previewPages.ExecuteTemplate(&b, "page.html", p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // to a browser that left
}
