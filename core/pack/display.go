package pack

// Site returns the site's name.
func (p *Pack) Site() []byte { return p.sections[secSite].data }

// ItemID returns the item's own identifier on its site.
func (p *Pack) ItemID(item uint32) []byte { return p.sections[secIDs].entry(item) }

// URL returns where the item lives, or nothing.
func (p *Pack) URL(item uint32) []byte { return p.sections[secURLs].entry(item) }

// Title returns the item's title: text, not markup.
func (p *Pack) Title(item uint32) []byte { return p.sections[secTitles].entry(item) }

// Image returns the URL of the item's image, or nothing.
func (p *Pack) Image(item uint32) []byte { return p.sections[secImages].entry(item) }

// TopicName returns the topic's name, without its parents'.
func (p *Pack) TopicName(topic uint16) []byte { return p.sections[secTopicNames].entry(uint32(topic)) }

// SlotName returns what pages call the slot.
func (p *Pack) SlotName(slot uint8) []byte { return p.sections[secSlotNames].entry(uint32(slot)) }

// LanguageName returns a language by its index, from 0.
func (p *Pack) LanguageName(language uint8) []byte {
	return p.sections[secLanguageNames].entry(uint32(language))
}

// CurrencyName returns a currency by its index, from 0.
func (p *Pack) CurrencyName(currency uint8) []byte {
	return p.sections[secCurrencyNames].entry(uint32(currency))
}

// FacetName returns a facet's value as a visitor reads it.
func (p *Pack) FacetName(facet uint8) []byte { return p.sections[secFacetNames].entry(uint32(facet)) }

// FacetGroupName returns a group of facets by its index: the name of an attribute, or "price" or "kind".
func (p *Pack) FacetGroupName(group uint8) []byte {
	return p.sections[secGroupNames].entry(uint32(group))
}

// Currency returns the currency of the item's price, 1 + its index, or 0 for none.
func (p *Pack) Currency(item uint32) uint8 { return p.value(secCurrency, item) }

// FindID returns the item with that identifier.
func (p *Pack) FindID(id []byte) (item uint32, ok bool) { return p.find(secByID, secIDs, id) }

// FindURL returns the item that lives at exactly that URL.
func (p *Pack) FindURL(url []byte) (item uint32, ok bool) { return p.find(secByURL, secURLs, url) }

// FindSlot returns the slot of that name.
func (p *Pack) FindSlot(name []byte) (slot uint8, ok bool) {
	for s := range p.Slots() {
		if compare(p.SlotName(s), name) == 0 {
			return s, true
		}
	}
	return 0, false
}

// find looks a name up in the order of an index.
func (p *Pack) find(index, names int, name []byte) (uint32, bool) {
	order := &p.sections[index]
	lo, hi := uint32(0), order.records()
	for lo < hi {
		mid := (lo + hi) / 2
		item := u32(order.at(mid))
		switch c := compare(p.sections[names].entry(item), name); {
		case c == 0:
			return item, true
		case c < 0:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return NoItem, false
}

// compare orders by bytes, as bytes.Compare does; that package is large in the module.
func compare(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
	}
	return len(a) - len(b)
}
