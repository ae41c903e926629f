package site

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// What stands in slots without scripts is the same for everyone: it follows from the catalogue and the page. As in what
// Nabij suggests, nothing sensitive is in it, and nothing that cannot be had.

// goesWith names, for a department or a part of one, what people take along with it. English paths serve both
// languages.
var goesWith = map[string][]string{
	"Bikes":                                  {"Accessories > Locks", "Accessories > Bags and baskets", "Accessories > Lights", "Workshop > Pumps"},
	"Bikes > Children's bikes":               {"Accessories > Helmets", "Accessories > Lights", "Accessories > Locks", "Clothing > Rainwear"},
	"Bikes > Cargo bikes":                    {"Clothing > Rainwear", "Accessories > Locks", "Accessories > Helmets", "Workshop > Pumps"},
	"Bikes > Touring bikes":                  {"Accessories > Bags and baskets", "Walking > Navigation", "Parts > Saddles", "Camping > Tents"},
	"Bikes > Gravel bikes":                   {"Parts > Tyres and tubes", "Accessories > Bags and baskets", "Walking > Navigation", "Workshop > Pumps"},
	"Parts":                                  {"Workshop > Tools", "Workshop > Maintenance", "Workshop > Pumps", "Parts > Tyres and tubes"},
	"Accessories":                            {"Accessories > Lights", "Accessories > Locks", "Clothing > Rainwear", "Accessories > Bags and baskets"},
	"Accessories > Child seats and trailers": {"Accessories > Helmets", "Clothing > Rainwear", "Accessories > Lights", "Bikes > Children's bikes"},
	"Clothing":                               {"Clothing > Rainwear", "Clothing > Warm layers", "Accessories > Lights", "Clothing > Cycling clothes"},
	"Workshop":                               {"Parts > Tyres and tubes", "Workshop > Maintenance", "Parts > Chain and drivetrain", "Workshop > Tools"},
	"Camping":                                {"Camping > Sleeping bags", "Camping > Sleeping mats", "Camping > Outdoor cooking", "Camping > Tents"},
	"Walking":                                {"Walking > Walking shoes", "Walking > Backpacks", "Walking > Navigation", "Walking > Walking clothes"},
}

// everyday is what goes with anything, and where the most popular things are looked for.
var everyday = []string{"Accessories > Lights", "Clothing > Rainwear", "Accessories > Locks", "Workshop > Pumps", "Camping > Tents", "Walking > Backpacks"}

var (
	products = pack.KindsOf(pack.KindProduct)
	reading  = pack.KindsOf(pack.KindGuide, pack.KindComparison, pack.KindReview, pack.KindArticle)
	helping  = pack.KindsOf(pack.KindHelp)
)

// picker collects items for a list, each once.
type picker struct {
	kinds pack.Kinds
	size  int
	not   []*catalogue.Item
	list  []*catalogue.Item
}

// take adds up to most items, the first ones first.
func (p *picker) take(most int, items []*catalogue.Item) {
	for _, item := range items {
		if most == 0 || len(p.list) == p.size {
			return
		}
		if !p.kinds.Has(item.Kind) || item.Sensitive || item.Availability == pack.OutOfStock ||
			slices.Contains(p.not, item) || slices.Contains(p.list, item) {
			continue
		}
		p.list = append(p.list, item)
		most--
	}
}

// paths returns the topics of English paths, in the shop's language.
func (s *shop) paths(english []string) []*topic {
	list := make([]*topic, len(english))
	for i, path := range english {
		list[i] = s.topics[openShops()["en"].byPath[path].index]
	}
	return list
}

// companions returns products that go well with a topic's, leaving out some. A nil topic is none in particular.
func (s *shop) companions(t *topic, size int, not ...*catalogue.Item) []*catalogue.Item {
	p := picker{kinds: products, size: size, not: not}
	english := everyday
	for at := t; at != nil; at = at.Parent {
		if paths, ok := goesWith[openShops()["en"].topics[at.index].Path]; ok {
			english = paths
			break
		}
	}
	for len(p.list) < size {
		before := len(p.list)
		for _, other := range s.paths(english) {
			if other != t || before > 0 {
				p.take(1, other.items)
			}
		}
		if len(p.list) == before {
			p.take(size, s.items)
			break
		}
	}
	return p.list
}

// near returns items of some kinds from a topic, then from its department, then from the whole shop.
func (s *shop) near(t *topic, kinds pack.Kinds, size int, not ...*catalogue.Item) []*catalogue.Item {
	p := picker{kinds: kinds, size: size, not: not}
	if t != nil {
		p.take(size, t.items)
		p.take(size, t.root().items)
	}
	p.take(size, s.items)
	return p.list
}

// readOn returns two products and two pages to read, near a topic.
func (s *shop) readOn(t *topic, not ...*catalogue.Item) []*catalogue.Item {
	return append(s.near(t, products, 2, not...), s.near(t, reading, 2, not...)...)
}
