package host

import (
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// TopicSeparator stands between the names of a topic's path.
const TopicSeparator = " > "

// Item is what is needed to show an item.
type Item struct {
	// ID is the site's own identifier, URL where the item lives. Title is text, not markup.
	ID, URL, Title, Image string
	Kind                  pack.Kind
	Availability          pack.Availability
	Sensitive             bool
	// Price is in minor units of Currency, an ISO 4217 code; 0 is no price.
	Price    uint32
	Currency string
	// Language is a BCP 47 tag, or empty where the item suits all.
	Language string
	// Topics are the most telling first; pack.NoTopic fills the rest.
	Topics [pack.MaxItemTopics]uint16
	// Popularity is relative to the most popular item's 65535.
	Popularity uint16
}

// FindItem returns the item with that identifier on its site, or that lives at exactly that URL.
func (e *Engine) FindItem(name string) (item uint32, ok bool) {
	if item, ok = e.pack.FindID([]byte(name)); ok {
		return item, true
	}
	if name == "" {
		return pack.NoItem, false
	}
	return e.pack.FindURL([]byte(name))
}

// FindSlot returns the slot of that name.
func (e *Engine) FindSlot(name string) (slot uint8, ok bool) { return e.pack.FindSlot([]byte(name)) }

// FindTopic returns the topic at that path, as TopicPath writes it, or the only one of that name.
func (e *Engine) FindTopic(path string) (topic uint16, ok bool) {
	topic, ok = e.topics[path]
	if !ok || topic == pack.NoTopic {
		return pack.NoTopic, false
	}
	return topic, true
}

// FindLanguage returns the language as a request's context counts it, 1 + its index, or 0 where the pack has no such.
func (e *Engine) FindLanguage(tag string) uint8 {
	for l := range e.pack.Languages() {
		if strings.EqualFold(string(e.pack.LanguageName(l)), tag) {
			return l + 1
		}
	}
	return 0
}

// TopicPath returns the names from the root to the topic, joined by TopicSeparator; of a facet's number, as reasons have it, its name.
func (e *Engine) TopicPath(topic uint16) string {
	if topic >= pack.FirstFacet && topic != pack.NoTopic {
		return e.FacetName(topic)
	}
	return topicPath(e.pack, topic)
}

// Item returns what is needed to show an item. item must be below Pack().Items().
func (e *Engine) Item(item uint32) Item {
	p := e.pack
	shown := Item{
		ID:           string(p.ItemID(item)),
		URL:          string(p.URL(item)),
		Title:        string(p.Title(item)),
		Image:        string(p.Image(item)),
		Kind:         p.Kind(item),
		Availability: p.Availability(item),
		Sensitive:    p.Sensitive(item),
		Price:        p.Price(item),
		Popularity:   p.Popularity(item),
	}
	if c := p.Currency(item); c != 0 {
		shown.Currency = string(p.CurrencyName(c - 1))
	}
	if l := p.Language(item); l != 0 {
		shown.Language = string(p.LanguageName(l - 1))
	}
	for k := range shown.Topics {
		shown.Topics[k] = p.ItemTopic(item, k)
	}
	return shown
}

func topicPath(p *pack.Pack, topic uint16) string {
	path := string(p.TopicName(topic))
	for topic = p.TopicParent(topic); topic != pack.NoTopic; topic = p.TopicParent(topic) {
		path = string(p.TopicName(topic)) + TopicSeparator + path
	}
	return path
}

// topicsByName maps paths to topics, and names too, with pack.NoTopic where several topics share one. A path that is
// there twice stands for its first topic.
func topicsByName(p *pack.Pack) map[string]uint16 {
	topics := make(map[string]uint16, 2*int(p.Topics()))
	for t := range p.Topics() {
		name := string(p.TopicName(t))
		if _, twice := topics[name]; twice {
			topics[name] = pack.NoTopic
		} else {
			topics[name] = t
		}
	}
	paths := make(map[string]bool, p.Topics())
	for t := range p.Topics() {
		if path := topicPath(p, t); !paths[path] {
			paths[path] = true
			topics[path] = t
		}
	}
	return topics
}
