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

// appendItem appends the reply of item to dst, or refuses when it would be longer than MaxReply.
func appendItem(dst []byte, p *pack.Pack, item uint32) ([]byte, error) {
	var texts [6][]byte
	texts[0], texts[1], texts[2], texts[3] = p.ItemID(item), p.URL(item), p.Title(item), p.Image(item)
	if c := p.Currency(item); c != 0 {
		texts[4] = p.CurrencyName(c - 1)
	}
	if l := p.Language(item); l != 0 {
		texts[5] = p.LanguageName(l - 1)
	}
	dst, head := begin(dst, itemHead)
	put32(head[4:], p.Price(item))
	head[8], head[9] = byte(p.Kind(item)), byte(p.Availability(item))
	if p.Sensitive(item) {
		head[10] = 1
	}
	for k := range pack.MaxItemTopics {
		put16(head[12+2*k:], p.ItemTopic(item, k))
	}
	put16(head[32:], p.Popularity(item))
	for i, t := range texts {
		if len(t) > MaxReply-len(dst) {
			return dst, errItemLong
		}
		put16(head[20+2*i:], uint16(len(t)))
		dst = append(dst, t...)
	}
	return dst, nil
}

// AppendItem appends the reply of item to dst. Texts beyond 65,535 bytes are cut.
func AppendItem(dst []byte, item Item) []byte {
	dst, head := begin(dst, itemHead)
	put32(head[4:], item.Price)
	head[8], head[9] = byte(item.Kind), byte(item.Availability)
	if item.Sensitive {
		head[10] = 1
	}
	for k, t := range item.Topics {
		put16(head[12+2*k:], t)
	}
	put16(head[32:], item.Popularity)
	at := len(dst) - itemHead
	for i, t := range item.texts() {
		text := (*t)[:min(len(*t), 0xFFFF)]
		put16(dst[at+20+2*i:], uint16(len(text)))
		dst = append(dst, text...)
	}
	return dst
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
