package catalogue

import (
	"bufio"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
)

var canonicalLink = regexp.MustCompile(`(?i)<link\s[^>]*rel=["']?canonical["']?[^>]*\shref=["']([^"'>]*)["']|<link\s[^>]*href=["']([^"'>]*)["'][^>]*\srel=["']?canonical`)

// maxSitemapDepth is how deep sitemaps may name sitemaps. The protocol allows one level.
//
// https://www.sitemaps.org/protocol.html#index
const maxSitemapDepth = 3

// readSitemap reads the pages that a sitemap names, from the folder that it is in; nothing is fetched. Of an address only
// the path counts, below that of Options.BaseURL if there is one. A sitemap that an index names is looked for likewise.
func (r *reader) readSitemap(br *bufio.Reader) error {
	if r.site == nil {
		return fmt.Errorf("catalogue: %s: %w: a sitemap alone says nothing of its pages; name it as a file beside the folder of pages",
			r.name, ErrNotRecognised)
	}
	m := sitemaps{r: r, seen: make(map[string]bool)}
	m.seen["sitemap:"+path.Base(filepath.ToSlash(r.name))] = true
	return m.read(br, r.file)
}

// sitemaps is the state of reading a sitemap and those that it names.
type sitemaps struct {
	r     *reader
	seen  map[string]bool // pages and sitemaps
	depth int
}

func (m *sitemaps) read(br *bufio.Reader, file string) error {
	r := m.r
	x := newElements(r, br, "url", "sitemap")
	for {
		r.file = file
		e, line, ok := x.next()
		if !ok {
			break
		}
		loc := e.child("", "loc")
		u, err := url.Parse(loc)
		if loc == "" || err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
			r.records++
			r.problem(Error, "bad-url", line, "", "loc", "%s is no address; it is passed over; write it as https://host/path", quoteShort(loc))
			continue
		}
		if e.name == "sitemap" {
			err = m.nested(u, line)
		} else {
			err = m.page(u, line)
		}
		if err != nil {
			return err
		}
	}
	r.file = file
	x.end()
	r.file = r.name
	return nil
}

// page reads a page that a sitemap names.
func (m *sitemaps) page(u *url.URL, line int) error {
	r := m.r
	p := r.inSite(u)
	name, ok := r.site.find(p)
	if !ok {
		r.records++
		r.problem(Warning, "missing-page", line, "", "loc", "%s has no file: %s; build the site first, or name its folder",
			quoteShort(u.String()), r.site.missing(p))
		return nil
	}
	if m.seen["page:"+name] {
		r.records++
		r.problem(Warning, "duplicate-url", line, "", "loc", "%s was named before", quoteShort(u.String()))
		return nil
	}
	m.seen["page:"+name] = true
	if u.User != nil || u.Host == "" {
		u = r.pageURL(name)
	}
	return r.readPageFile(name, u, true)
}

// nested reads a sitemap that an index names.
func (m *sitemaps) nested(u *url.URL, line int) error {
	r := m.r
	name := r.inSite(u)
	if found, ok := r.site.find(name); !ok || found != name {
		name = path.Base(name) // an index may stand beside what it names
	}
	if found, ok := r.site.find(name); !ok || found != name {
		r.problem(Warning, "missing-page", line, "", "loc", "the sitemap %s is not in the folder %s", quoteShort(u.String()), quoteShort(r.site.shown))
		return nil
	}
	if m.seen["sitemap:"+name] || m.depth == maxSitemapDepth {
		return nil
	}
	m.seen["sitemap:"+name] = true
	f, err := r.site.fsys.Open(name)
	if err != nil {
		r.problem(Error, "unreadable", line, "", "loc", "the sitemap %s cannot be read: %v", quoteShort(name), cause(err))
		return nil
	}
	defer f.Close()
	br, _, err := r.decoded(f)
	if err != nil {
		r.problem(Error, "unreadable", line, "", "loc", "%v", err)
		return nil
	}
	head, _ := br.Peek(1024)
	if format, err := sniff(head); err != nil || format != FormatSitemap {
		r.problem(Warning, "not-a-sitemap", line, "", "loc", "%s is no sitemap; it is passed over", quoteShort(name))
		return nil
	}
	m.depth++
	defer func() { m.depth-- }()
	return m.read(br, r.site.place(name))
}
