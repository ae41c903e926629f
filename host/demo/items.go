package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// Items returns every item of the shop, the Dutch ones first. The slice and what it holds are the caller's.
func Items() ([]catalogue.Item, error) {
	s, err := load()
	if err != nil {
		return nil, err
	}
	items := slices.Concat(s.items[dutch], s.items[english])
	for i := range items {
		items[i].Topics = slices.Clone(items[i].Topics)
		items[i].Attributes = slices.Clone(items[i].Attributes)
	}
	return items, nil
}

// Translation returns the id of the same item in the other language, and whether id is an item.
func Translation(id string) (string, bool) {
	s := mustLoad()
	p, ok := s.byID[id]
	if !ok {
		return "", false
	}
	return s.items[1-p.language][p.entry].ID, true
}

// Topics returns the paths of the shop's topics in a language, "nl" or "en", in the order in which a menu shows them: a
// parent, then its children.
func Topics(language string) [][]string {
	var paths [][]string
	for _, t := range mustLoad().topics {
		for l, name := range languages {
			if name == language {
				paths = append(paths, slices.Clone(t.path[l]))
			}
		}
	}
	return paths
}

// item puts an entry together in one language.
func (s *shop) item(e *entry, language int) (catalogue.Item, error) {
	item := catalogue.Item{
		ID:           id(e, language),
		Title:        e.title[language],
		Description:  e.summary[language],
		Kind:         e.kind,
		Brand:        e.brand,
		Availability: e.stock,
		Language:     languages[language],
		Sensitive:    e.sensitive,
		Popularity:   float64(e.popularity),
	}
	item.URL = "/" + item.ID
	item.Image = "/pictures/" + item.ID + ".svg"
	if e.cents > 0 {
		item.Price = catalogue.Price{Minor: e.cents, Currency: "EUR"}
	}
	for _, key := range e.topics {
		t := find(s.topics, key)
		if t == nil {
			return item, fmt.Errorf("no topic has the key %q", key)
		}
		item.Topics = append(item.Topics, t.path[language])
		item.Sensitive = item.Sensitive || t.sensitive
	}
	for _, a := range e.attributes {
		attribute := catalogue.Attribute{Name: a[0], Value: a[1]}
		if language == dutch {
			var unknown [2]string
			attribute.Name, unknown[0] = s.translate(a[0])
			attribute.Value, unknown[1] = s.translate(a[1])
			if missing := unknown[0] + unknown[1]; missing != "" {
				return item, fmt.Errorf("words.txt has no Dutch for %q", missing)
			}
		}
		item.Attributes = append(item.Attributes, attribute)
	}
	return item, nil
}

// Feed returns the items of a language, "nl" or "en", as JSON Lines, which catalogue and "nabij build" read. The empty
// language is both, the Dutch items first; of any other the feed is empty.
func Feed(language string) []byte {
	s := mustLoad()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for l, name := range languages {
		if language != "" && language != name {
			continue
		}
		for i := range s.items[l] {
			if err := enc.Encode(line(&s.items[l][i])); err != nil {
				panic(err) // of strings and numbers, which cannot fail
			}
		}
	}
	return b.Bytes()
}

// feedLine is an item as a feed spells it.
type feedLine struct {
	ID           string     `json:"id"`
	URL          string     `json:"url"`
	Title        string     `json:"title"`
	Description  string     `json:"description"`
	Image        string     `json:"image"`
	Kind         string     `json:"kind"`
	Topics       [][]string `json:"topics"`
	Brand        string     `json:"brand,omitempty"`
	Attributes   attributes `json:"attributes,omitempty"`
	Price        string     `json:"price,omitempty"`
	Currency     string     `json:"currency,omitempty"`
	Availability string     `json:"availability,omitempty"`
	Language     string     `json:"language"`
	Sensitive    bool       `json:"sensitive,omitempty"`
	Popularity   float64    `json:"popularity"`
}

func line(item *catalogue.Item) feedLine {
	l := feedLine{
		ID: item.ID, URL: item.URL, Title: item.Title, Description: item.Description, Image: item.Image,
		Kind: item.Kind.String(), Topics: item.Topics, Brand: item.Brand, Attributes: item.Attributes,
		Language: item.Language, Sensitive: item.Sensitive, Popularity: item.Popularity,
	}
	if item.Price != (catalogue.Price{}) {
		l.Price = fmt.Sprintf("%d.%02d", item.Price.Minor/100, item.Price.Minor%100)
		l.Currency = item.Price.Currency
	}
	switch item.Availability {
	case pack.InStock:
		l.Availability = "in_stock"
	case pack.OutOfStock:
		l.Availability = "out_of_stock"
	case pack.OnOrder:
		l.Availability = "backorder"
	}
	return l
}

// attributes are spelled as an object in their own order.
type attributes []catalogue.Attribute

func (a attributes) MarshalJSON() ([]byte, error) {
	var parts []string
	for _, one := range a {
		name, err := json.Marshal(one.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(one.Value)
		if err != nil {
			return nil, err
		}
		parts = append(parts, string(name)+":"+string(value))
	}
	return []byte("{" + strings.Join(parts, ",") + "}"), nil
}
