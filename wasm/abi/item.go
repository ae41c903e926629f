package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// The reply of item, for display:
//
//	 0  u16  version          12  u16  topics: four, pack.NoTopic where there is none
//	 2  u16  head size, 36    20  u16  length of id
//	 4  u32  price            22  u16  length of url
//	 8  u8   kind             24  u16  length of title
//	 9  u8   availability     26  u16  length of image
//	10  u8   sensitive, 1     28  u16  length of currency
//	11  u8   0                30  u16  length of language
//	                          32  u16  popularity
//	                          34  u16  0
//	36  id, url, title, image, currency, language, with nothing between them

// Item is what a page needs to show an item.
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

var (
	errItemLong     = &core.Error{Status: core.TooLarge, Field: "item", Text: "has more text than a reply holds"}
	errKind         = &core.Error{Status: core.BadMessage, Field: "item.kind", Text: "is not a known kind"}
	errAvailability = &core.Error{Status: core.BadMessage, Field: "item.availability", Text: "is not a known availability"}
	errFlag         = &core.Error{Status: core.BadMessage, Field: "sensitive", Text: "is neither 0 nor 1"}
)

// item appends the reply of item, or refuses when it would be longer than MaxReply.
func (w *writer) item(p *pack.Pack, item uint32) error {
	var texts [6][]byte
	texts[0], texts[1], texts[2], texts[3] = p.ItemID(item), p.URL(item), p.Title(item), p.Image(item)
	if c := p.Currency(item); c != 0 {
		texts[4] = p.CurrencyName(c - 1)
	}
	if l := p.Language(item); l != 0 {
		texts[5] = p.LanguageName(l - 1)
	}
	w.begin(itemHead)
	w.put32(p.Price(item))
	w.put8(byte(p.Kind(item)))
	w.put8(byte(p.Availability(item)))
	w.flag(p.Sensitive(item))
	w.put8(0)
	for k := range pack.MaxItemTopics {
		w.put16(p.ItemTopic(item, k))
	}
	size := itemHead
	for _, t := range texts {
		w.put16(uint16(len(t)))
		size += len(t)
	}
	w.put16(p.Popularity(item))
	w.put16(0)
	if size > MaxReply {
		return errItemLong
	}
	for _, t := range texts {
		w.put(t)
	}
	return nil
}

// AppendItem appends the reply of item to dst. Texts beyond 65,535 bytes are cut.
func AppendItem(dst []byte, item Item) []byte {
	w := writer{b: dst}
	w.begin(itemHead)
	w.put32(item.Price)
	w.put8(byte(item.Kind))
	w.put8(byte(item.Availability))
	w.flag(item.Sensitive)
	w.put8(0)
	for _, t := range item.Topics {
		w.put16(t)
	}
	texts := item.texts()
	for _, t := range texts {
		w.put16(uint16(min(len(*t), 0xFFFF)))
	}
	w.put16(item.Popularity)
	w.put16(0)
	for _, t := range texts {
		w.puts((*t)[:min(len(*t), 0xFFFF)])
	}
	return w.b
}

func (i *Item) texts() [6]*string {
	return [6]*string{&i.ID, &i.URL, &i.Title, &i.Image, &i.Currency, &i.Language}
}

// DecodeItem reads the reply of item.
func DecodeItem(b []byte) (Item, error) {
	at, err := replyOf(b, itemHead)
	if err != nil {
		return Item{}, err
	}
	item := Item{
		Kind:         pack.Kind(b[8]),
		Availability: pack.Availability(b[9]),
		Sensitive:    b[10] != 0,
		Price:        get32(b[4:]),
		Popularity:   get16(b[32:]),
	}
	if item.Kind >= pack.KindCount {
		return Item{}, errKind
	}
	if item.Availability > pack.OnOrder {
		return Item{}, errAvailability
	}
	if b[10] > 1 {
		return Item{}, errFlag
	}
	for k := range item.Topics {
		item.Topics[k] = get16(b[12+2*k:])
	}
	for i, t := range item.texts() {
		n := int(get16(b[20+2*i:]))
		if len(b)-at < n {
			return Item{}, errTruncated
		}
		*t = string(b[at : at+n])
		at += n
	}
	if err := exactly(b, at); err != nil {
		return Item{}, err
	}
	return item, nil
}
