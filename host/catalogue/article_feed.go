package catalogue

import (
	"bufio"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/nabij/nabij/core/pack"
)

// readArticles reads the articles of an RSS (0.9 to 2.0) or Atom feed. An article's ID is its link's path, the same that
// its page has when read as HTML; its guid becomes an alias.
func (r *reader) readArticles(br *bufio.Reader) error {
	x := newElements(r, br, "item", "entry")
	for {
		e, line, ok := x.next()
		if !ok {
			break
		}
		if r.records == 0 {
			x.channel()
		}
		if err := r.add(r.article(&e, line)); err != nil {
			return err
		}
	}
	x.end()
	return nil
}

func (r *reader) article(e *xmlElement, line int) *record {
	content := e.child("content", "encoded")
	if content == "" {
		content = e.child("", "content")
	}
	rec := &record{
		line:        line,
		kind:        pack.KindArticle,
		title:       e.child("", "title"),
		description: e.child("", "description"),
		language:    e.child("dc", "language"),
		called:      map[string]string{"url": "link", "id": "guid"},
	}
	if rec.description == "" {
		rec.description = e.child("", "summary")
	}
	if len(plain(content)) > len(plain(rec.description)) {
		rec.description = content
	}
	guid := e.child("", "guid")
	if guid == "" {
		guid = e.child("", "id")
	}
	for i := range e.children {
		rec.articleElement(&e.children[i])
	}
	if u, err := url.Parse(guid); err == nil && rec.url == "" && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		rec.url = guid
	}
	if rec.url == "" {
		rec.id = guid
	} else if guid != rec.url {
		rec.aliases = append(rec.aliases, guid)
	}
	if rec.image == "" {
		rec.image = firstPicture(content + e.child("", "description"))
	}
	return rec
}

// articleElement takes in the children that may come several times, or say it in attributes.
func (rec *record) articleElement(c *xmlElement) {
	text := strings.TrimSpace(c.text)
	picture := func(link string) {
		if rec.image == "" {
			rec.image = link
		}
	}
	switch c.space + ":" + c.name {
	case ":link":
		if rel := c.attribute("rel"); rel == "" || rel == "alternate" {
			if text == "" {
				text = c.attribute("href")
			}
			if rec.url == "" {
				rec.url = text
			}
		}
	case ":category", "dc:subject":
		if label := c.attribute("label"); label != "" {
			text = label
		} else if text == "" {
			text = c.attribute("term")
		}
		rec.topic(splitPath(text))
	case ":author":
		if name := c.child("", "name"); name != "" {
			text = name
		}
		if !strings.Contains(text, "@") {
			rec.attribute("author", text)
		}
	case "dc:creator":
		rec.attribute("author", text)
	case "media:thumbnail", "media:content":
		if kind := c.attribute("medium") + c.attribute("type"); kind == "" || strings.HasPrefix(kind, "image") {
			picture(c.attribute("url"))
		}
	case ":enclosure":
		if strings.HasPrefix(c.attribute("type"), "image/") {
			picture(c.attribute("url"))
		}
	case "itunes:image":
		picture(c.attribute("href"))
	}
}

// firstPicture returns the source of the first picture in a piece of HTML.
func firstPicture(markup string) string {
	if !strings.Contains(markup, "<img") {
		return ""
	}
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "img" {
				continue
			}
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "src" && !strings.HasPrefix(string(value), "data:") {
					return string(value)
				}
			}
		}
	}
}
