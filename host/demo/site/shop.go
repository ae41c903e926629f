package site

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/demo"
)

// shop is the demo shop in one language. It does not change.
type shop struct {
	Language string
	W        *words
	// items are ordered by popularity, the most popular first.
	items []*catalogue.Item
	byID  map[string]*catalogue.Item
	// roots are the departments in the order of the menu; topics all of them, parents first, in the same order in
	// either language.
	roots, topics []*topic
	byPath        map[string]*topic // by topic.Path
	bySlugs       map[string]*topic // by what stands between /c/ and the last slash
	other         *shop             // in the other language
}

// topic is a department, or a part of one.
type topic struct {
	Name     string
	Path     string // as in "Clothing > Rainwear"
	URL      string
	Parent   *topic // nil for a department
	Children []*topic
	index    int // in shop.topics
	// items are those of the topic and of what is below it, the most popular first.
	items []*catalogue.Item
}

// separator stands between the names of a topic's path.
const separator = " > "

// openShops returns the shop by language. What is wrong with it would be a mistake in the demo, which its tests find.
var openShops = sync.OnceValue(func() map[string]*shop {
	items, err := demo.Items()
	if err != nil {
		panic(fmt.Errorf("site: %w", err))
	}
	shops := map[string]*shop{"nl": newShop("nl", &nl), "en": newShop("en", &en)}
	for i := range items {
		s := shops[items[i].Language]
		s.items = append(s.items, &items[i])
		s.byID[items[i].ID] = &items[i]
	}
	for _, s := range shops {
		slices.SortStableFunc(s.items, func(a, b *catalogue.Item) int {
			return int(b.Popularity) - int(a.Popularity)
		})
		for _, item := range s.items {
			s.shelve(item)
		}
	}
	shops["nl"].other, shops["en"].other = shops["en"], shops["nl"]
	return shops
})

func newShop(language string, w *words) *shop {
	s := &shop{
		Language: language, W: w, byID: map[string]*catalogue.Item{},
		byPath: map[string]*topic{}, bySlugs: map[string]*topic{},
	}
	for i, path := range demo.Topics(language) {
		t := &topic{Name: path[len(path)-1], Path: strings.Join(path, separator), index: i}
		slugs := make([]string, len(path))
		for j, name := range path {
			slugs[j] = slug(name)
		}
		t.URL = "/" + language + "/c/" + strings.Join(slugs, "/") + "/"
		if t.Parent = s.byPath[strings.Join(path[:len(path)-1], separator)]; t.Parent != nil {
			t.Parent.Children = append(t.Parent.Children, t)
		} else {
			s.roots = append(s.roots, t)
		}
		s.topics = append(s.topics, t)
		s.byPath[t.Path] = t
		s.bySlugs[strings.Join(slugs, "/")] = t
	}
	return s
}

// shelve puts an item into its topics and what is above them, once into each.
func (s *shop) shelve(item *catalogue.Item) {
	for _, path := range item.Topics {
		for t := s.byPath[strings.Join(path, separator)]; t != nil; t = t.Parent {
			if !slices.Contains(t.items, item) {
				t.items = append(t.items, item)
			}
		}
	}
}

// topicOf returns the topic that says most of an item.
func (s *shop) topicOf(item *catalogue.Item) *topic {
	return s.byPath[strings.Join(item.Topics[0], separator)]
}

// translated returns the shop's own form of an item in either language, nil when there is none.
func (s *shop) translated(id string) *catalogue.Item {
	if item := s.byID[id]; item != nil {
		return item
	}
	same, _ := demo.Translation(id)
	return s.byID[same]
}

// root returns the department that a topic belongs to.
func (t *topic) root() *topic {
	for t.Parent != nil {
		t = t.Parent
	}
	return t
}

// Trail returns the topic and what is above it, the department first.
func (t *topic) Trail() []*topic {
	if t == nil {
		return nil
	}
	return append(t.Parent.Trail(), t)
}

// slug returns a topic's name as a URL has it.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(name), "'", ""), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
