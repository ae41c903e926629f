package pack

// Site returns the site's name.
func (p *Pack) Site() []byte { return p.site }

// ItemID returns the item's own identifier on its site.
func (p *Pack) ItemID(item uint32) []byte { return p.ids.at(item) }

// URL returns where the item lives, or nothing.
func (p *Pack) URL(item uint32) []byte { return p.urls.at(item) }

// Title returns the item's title: text, not markup.
func (p *Pack) Title(item uint32) []byte { return p.titles.at(item) }

// Image returns the URL of the item's image, or nothing.
func (p *Pack) Image(item uint32) []byte { return p.images.at(item) }

// TopicName returns the topic's name, without its parents'.
func (p *Pack) TopicName(topic uint16) []byte { return p.topicNames.at(uint32(topic)) }

// SlotName returns what pages call the slot.
func (p *Pack) SlotName(slot uint8) []byte { return p.slotNames.at(uint32(slot)) }

// LanguageName returns a language by its index, from 0.
func (p *Pack) LanguageName(language uint8) []byte { return p.languageNames.at(uint32(language)) }

// CurrencyName returns a currency by its index, from 0.
func (p *Pack) CurrencyName(currency uint8) []byte { return p.currencyName.at(uint32(currency)) }

// FindID returns the item with that identifier.
func (p *Pack) FindID(id []byte) (item uint32, ok bool) { return find(p.byID, p.ids, id) }

// FindURL returns the item that lives at exactly that URL.
func (p *Pack) FindURL(url []byte) (item uint32, ok bool) { return find(p.byURL, p.urls, url) }

// FindSlot returns the slot of that name.
func (p *Pack) FindSlot(name []byte) (slot uint8, ok bool) {
	for s := range p.slots {
		if compare(p.SlotName(s), name) == 0 {
			return s, true
		}
	}
	return 0, false
}

func find(order table, names entries, name []byte) (uint32, bool) {
	lo, hi := uint32(0), order.count()
	for lo < hi {
		mid := (lo + hi) / 2
		item := u32(order.at(mid))
		switch c := compare(names.at(item), name); {
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
