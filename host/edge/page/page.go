// Package page tells what a page is about: which item of a pack's, or which topic, from what the page says of itself. It does what
// readPage does in the browser (web/src/page.ts), but knows of a page only what has passed by.
package page

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// Said is what a page has said of itself.
type Said struct {
	// Item and Topic are the contents of <meta name="nabij-item"> and "nabij-topic": an item's id, a topic's path.
	Item, Topic string
	// Canonical is the address of <link rel="canonical">, as it is written.
	Canonical string
	// Linked are the texts of <script type="application/ld+json">.
	Linked [][]byte
}

// About returns the page's item and topic, pack.NoItem and pack.NoTopic where there are none: by its own word, or else its canonical link,
// its address or its linked data.
func (s *Said) About(p *pack.Pack, address *url.URL) (item uint32, topic uint16) {
	item, found := s.item(p, address)
	if found {
		return item, pack.NoTopic
	}
	topic, _ = FindTopic(p, s.Topic)
	return pack.NoItem, topic
}

func (s *Said) item(p *pack.Pack, address *url.URL) (uint32, bool) {
	if s.Item != "" {
		return p.FindID([]byte(s.Item))
	}
	for _, reference := range []string{s.Canonical, ""} {
		if item, ok := FindAddress(p, address, reference); ok {
			return item, true
		}
	}
	for _, text := range s.Linked {
		for _, thing := range things(text) {
			if item, ok := ofThing(p, address, thing); ok {
				return item, true
			}
		}
	}
	return pack.NoItem, false
}

// FindAddress returns the item of an address, which may be relative to that of the page and is that if it is empty: as the pack may have
// it, absolute or from the root, with and without its query. A server may not know by which scheme it was reached, so either will do.
func FindAddress(p *pack.Pack, page *url.URL, reference string) (uint32, bool) {
	u, err := page.Parse(strings.TrimSpace(reference))
	if err != nil {
		return pack.NoItem, false
	}
	path, host := u.EscapedPath(), strings.ToLower(u.Host)
	if path == "" {
		path = "/"
	}
	paths := []string{path}
	if u.RawQuery != "" {
		paths = []string{path + "?" + quoted(u.RawQuery), path}
	}
	for _, path := range paths {
		for _, origin := range []string{"", "https://" + host, "http://" + host} {
			if item, ok := p.FindURL([]byte(origin + path)); ok {
				return item, true
			}
		}
	}
	return pack.NoItem, false
}

// quoted writes a query as browsers do, which quote what may stand in none.
func quoted(query string) string {
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"'<>`, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// separator stands between the names of a topic's path.
const separator = " > "

// FindTopic returns the topic at a path, as in "Clothing > Rainwear".
func FindTopic(p *pack.Pack, path string) (uint16, bool) {
	for topic := range p.Topics() {
		if strings.HasSuffix(path, string(p.TopicName(topic))) && TopicPath(p, topic) == path {
			return topic, path != ""
		}
	}
	return pack.NoTopic, false
}

// TopicPath returns the path of a topic.
func TopicPath(p *pack.Pack, topic uint16) string {
	path := string(p.TopicName(topic))
	for topic = p.TopicParent(topic); topic != pack.NoTopic; topic = p.TopicParent(topic) {
		path = string(p.TopicName(topic)) + separator + path
	}
	return path
}

// things returns what a page's linked data is about; nothing where it cannot be read.
func things(text []byte) []map[string]any {
	var data any
	if json.Unmarshal(text, &data) != nil {
		return nil
	}
	all, many := data.([]any)
	if !many {
		all = []any{data}
		if thing, ok := data.(map[string]any); ok {
			if graph, ok := thing["@graph"].([]any); ok {
				all = append(all, graph...)
			} else {
				all = append(all, thing["@graph"])
			}
		}
	}
	var found []map[string]any
	for _, one := range all {
		if thing, ok := one.(map[string]any); ok {
			found = append(found, thing)
		}
	}
	return found
}

// itemTypes are the types of what can be an item.
var itemTypes = regexp.MustCompile(`Product|Article|Review|HowTo`)

func ofThing(p *pack.Pack, address *url.URL, thing map[string]any) (uint32, bool) {
	if !isItem(thing["@type"]) {
		return pack.NoItem, false
	}
	for _, key := range []string{"sku", "productID", "mpn", "@id", "url"} {
		value, ok := thing[key].(string)
		if !ok {
			continue
		}
		if item, ok := p.FindID([]byte(value)); ok {
			return item, true
		}
		if key != "@id" && key != "url" {
			continue
		}
		if item, ok := FindAddress(p, address, value); ok {
			return item, true
		}
	}
	return pack.NoItem, false
}

func isItem(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return itemTypes.MatchString(kind)
	case []any:
		for _, one := range kind {
			if isItem(one) {
				return true
			}
		}
	}
	return false
}
