package site

import (
	"fmt"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// card is an item as a list shows it.
type card struct {
	*catalogue.Item
	W     *words
	Price string // empty for what is not sold
	Label string // what kind of page it is; empty for products
	Note  string // why it cannot be had at once; empty when it can
}

func (s *shop) card(item *catalogue.Item) card {
	c := card{Item: item, W: s.W}
	if item.Kind == pack.KindProduct {
		c.Price = s.price(item.Price.Minor)
		if item.Availability != pack.InStock {
			c.Note = s.W.availability(item.Availability)
		}
	} else {
		c.Label = s.W.kind(item.Kind)
	}
	return c
}

func (s *shop) cards(items []*catalogue.Item) []card {
	cards := make([]card, len(items))
	for i, item := range items {
		cards[i] = s.card(item)
	}
	return cards
}

// price writes an amount of cents as the language does.
func (s *shop) price(cents int64) string {
	if s.Language == "nl" {
		return "€\u00a0" + grouped(cents/100, ".") + fmt.Sprintf(",%02d", cents%100)
	}
	return "€" + grouped(cents/100, ",") + fmt.Sprintf(".%02d", cents%100)
}

// grouped writes a number with a mark between its thousands.
func grouped(n int64, mark string) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return grouped(n/1000, mark) + mark + fmt.Sprintf("%03d", n%1000)
}
