package catalogue

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// site is a folder of built pages.
type site struct {
	fsys  fs.FS
	shown string // how its folder is called in messages
}

func (s *site) place(name string) string {
	if s.shown == "." || s.shown == "" {
		return name
	}
	return path.Join(s.shown, name)
}

// readFolder reads every page below a folder. What is no page is passed over.
func (r *reader) readFolder() error {
	r.format = FormatFolder
	r.total = folderSize(r.site.fsys)
	err := fs.WalkDir(r.site.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			r.file = r.site.place(name)
			r.problem(Error, "unreadable", 0, "", "", "it cannot be read: %v", cause(err))
			return nil
		}
		if base := d.Name(); d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "node_modules") {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() {
			return nil
		}
		return r.readPageFile(name, r.pageURL(name), false)
	})
	r.file = r.name
	return err
}

// readPageFile reads the page in the named file of the site. If it is not sure to be a page, what is none is passed over.
func (r *reader) readPageFile(name string, at *url.URL, sure bool) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.file = r.site.place(name)
	outer := r.readErr // of the sitemap; that of a page is the page's own
	defer func() { r.file, r.readErr = r.name, outer }()
	r.readErr = nil
	f, err := r.site.fsys.Open(name)
	if err != nil {
		r.problem(Error, "unreadable", 0, "", "", "it cannot be read: %v", cause(err))
		return nil
	}
	defer f.Close()
	before := r.done
	if info, err := f.Stat(); err == nil {
		defer func() { r.done = before + info.Size(); r.showProgress() }()
	}
	br, encoding, err := r.decoded(f)
	if err != nil && !sure {
		return nil // a damaged archive is no page
	}
	if err != nil {
		r.problem(Error, "unreadable", 0, "", "", "it cannot be read: %v", err)
		return nil
	}
	head, _ := br.Peek(1024)
	if format, err := sniff(head); err != nil || format != FormatPage {
		if sure {
			r.problem(Warning, "not-a-page", 0, "", "", "the sitemap names it, and it is no HTML page; it is passed over")
		}
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(br, maxRecord+1))
	if err == nil {
		err = r.readErr
	}
	if err != nil {
		r.records++
		r.problem(Error, "unreadable", 0, "", "", "it cannot be read to its end: %v; it is left out", cause(err))
		return nil
	}
	if other, elsewhere := r.canonicalElsewhere(text, name); elsewhere {
		r.records++
		r.problem(Note, "not-canonical", 0, at.Path, "canonical", "the page is another address of %s and is left out", quoteShort(other))
		return nil
	}
	return r.addPage(text, encoding, at)
}

// canonicalElsewhere reports whether a page names another file of the site as the one to be read in its place.
func (r *reader) canonicalElsewhere(text []byte, name string) (string, bool) {
	m := canonicalLink.FindSubmatch(text[:min(len(text), headBytes)])
	if m == nil {
		return "", false
	}
	href := string(bytes.TrimSpace(append(m[1], m[2]...)))
	u, err := r.pageURL(name).Parse(href)
	if err != nil {
		return "", false
	}
	other, ok := r.site.find(r.inSite(u))
	return href, ok && other != name
}

// inSite returns the path of an address below the site's base.
func (r *reader) inSite(u *url.URL) string {
	p := u.Path
	if r.base != nil {
		dir, _ := path.Split(r.base.Path)
		p = strings.TrimPrefix(p, dir)
	}
	return strings.Trim(path.Clean("/"+p), "/")
}

// find returns the file in which the page of that path is.
func (s *site) find(p string) (string, bool) {
	for _, name := range candidates(p) {
		if !fs.ValidPath(name) {
			continue
		}
		if info, err := fs.Stat(s.fsys, name); err == nil && info.Mode().IsRegular() {
			return name, true
		}
	}
	return "", false
}

// candidates are the files in which the page of a path may be.
func candidates(p string) []string {
	if p == "" || p == "." {
		return []string{"index.html", "index.htm"}
	}
	return []string{p, p + "/index.html", p + ".html", p + "/index.htm", p + ".htm"}
}

func folderSize(fsys fs.FS) (total int64) {
	_ = fs.WalkDir(fsys, ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

func (s *site) missing(p string) string {
	return fmt.Sprintf("none of the files %s is in %s", strings.Join(candidates(p), ", "), quoteShort(first(s.shown, ".")))
}
