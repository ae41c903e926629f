package learn

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// Lookup finds the items of a catalogue by what logs call them: by id or another identifier, such as a variant's or a stock number; by the
// address of a page; or by title. What several items are called finds none of them, but an id goes before all else. It may be used by
// several goroutines.
type Lookup struct {
	names  map[string]string // of ids and aliases
	paths  map[string]string // of pages; with the query where the page's address has one
	titles map[string]string
	// queries are the names of what distinguishes the pages of a path in their queries.
	queries map[string][]string
	hosts   map[string]bool
	first   []catalogue.Item // for examples
}

// ambiguous is what several items are called. No id is like it.
const ambiguous = "\x00"

// NewLookup returns a lookup in a catalogue.
func NewLookup(items []catalogue.Item) *Lookup {
	l := &Lookup{
		names: make(map[string]string, 2*len(items)), paths: make(map[string]string, len(items)), titles: make(map[string]string, len(items)),
		queries: map[string][]string{}, hosts: map[string]bool{},
	}
	add := func(m map[string]string, name, id string) {
		if other, taken := m[name]; taken && other != id {
			id = ambiguous
		}
		m[name] = id
	}
	for i := range items {
		it := &items[i]
		for _, alias := range it.Aliases {
			add(l.names, alias, it.ID)
		}
		add(l.titles, titleKey(it.Title), it.ID)
		if u, err := url.Parse(it.URL); err == nil && it.URL != "" {
			path := pathKey(u)
			if u.Host != "" {
				l.hosts[strings.ToLower(u.Hostname())] = true
			}
			if u.RawQuery != "" {
				keys := l.queries[path]
				for key := range u.Query() {
					if !slices.Contains(keys, key) {
						keys = append(keys, key)
					}
				}
				slices.Sort(keys)
				l.queries[path] = keys
			}
		}
	}
	l.first = slices.Clone(items[:min(len(items), mostExamples)])
	for i := range items {
		l.names[items[i].ID] = items[i].ID
		// By now it is known which queries tell pages apart.
		if u, err := url.Parse(items[i].URL); err == nil && items[i].URL != "" {
			add(l.paths, l.pageKey(u), items[i].ID)
		}
	}
	return l
}

// describe says for a person what items are called.
func (l *Lookup) describe() string {
	if len(l.first) == 0 {
		return "no items"
	}
	var ids, pages []string
	for _, it := range l.first {
		ids = append(ids, it.ID)
		if it.URL != "" {
			pages = append(pages, it.URL)
		}
	}
	text := quoteAll(ids)
	if len(pages) > 0 {
		text += " at " + quoteAll(pages)
	}
	return text
}

// quoteAll lists texts for a person.
func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for k, text := range texts {
		quoted[k] = strconv.Quote(text)
	}
	return strings.Join(quoted, ", ")
}

// find returns the id of the item that is meant, "" where it is none.
func (l *Lookup) find(n *named) string {
	if n.id != "" {
		if id := l.name(n.id); id != "" {
			return id
		}
	}
	if n.sku != "" {
		if id := l.name(n.sku); id != "" {
			return id
		}
	}
	if n.url != "" {
		if id := l.page(n.url); id != "" {
			return id
		}
	}
	if n.title != "" {
		return l.title(n.title)
	}
	return ""
}

func (l *Lookup) name(name string) string {
	id, ok := l.names[name]
	if !ok {
		id = l.names[strings.TrimSpace(name)]
	}
	return known(id)
}

// page finds an item by the address of its page, whatever its host, its trailing slash, how it is percent-encoded, and what of the query
// is not the catalogue's.
func (l *Lookup) page(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if id := known(l.paths[l.pageKey(u)]); id != "" {
		return id
	}
	// Shopify has a product's page under its collections and languages, too.
	if at := strings.LastIndex(u.Path, shopifyPage); at > 0 {
		return known(l.paths[pathKey(&url.URL{Path: u.Path[at:]})])
	}
	return ""
}

// shopifyPage is what the path of a product's page begins with in a Shopify shop.
const shopifyPage = "/products/"

// title finds an item by its title, or by that and the variant behind a hyphen.
func (l *Lookup) title(title string) string {
	for title = titleKey(title); title != ""; {
		if id := known(l.titles[title]); id != "" {
			return id
		}
		at := strings.LastIndex(title, " - ")
		if at < 0 {
			break
		}
		title = strings.TrimSpace(title[:at])
	}
	return ""
}

// own reports whether a host is the catalogue's.
func (l *Lookup) own(host string) bool { return l != nil && l.hosts[strings.ToLower(host)] }

// pageOf reports whether an address is the page of an item, where the catalogue does not say of which host its pages are.
func (l *Lookup) pageOf(address string) bool {
	return l != nil && len(l.hosts) == 0 && l.page(address) != ""
}

func known(id string) string {
	if id == ambiguous {
		return ""
	}
	return id
}

func titleKey(title string) string { return strings.ToLower(strings.Join(strings.Fields(title), " ")) }

func pathKey(u *url.URL) string { return "/" + strings.Trim(u.Path, "/") }

// pageKey returns the path with what of the query distinguishes the pages of this path.
func (l *Lookup) pageKey(u *url.URL) string {
	key := pathKey(u)
	names := l.queries[key]
	if len(names) == 0 || u.RawQuery == "" {
		return key
	}
	query, told := u.Query(), url.Values{}
	for _, name := range names {
		if v := query.Get(name); v != "" {
			told.Set(name, v)
		}
	}
	if len(told) > 0 {
		key += "?" + told.Encode()
	}
	return key
}
