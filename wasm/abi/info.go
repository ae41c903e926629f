package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// The reply of info:
//
//	 0  u16  version          16  u32  settle_ms          28  u8   max layer
//	 2  u16  head size, 44    20  u32  half_life_ms       29  u8   faces
//	 4  u64  id of the pack   24  u16  declared signals   30  u8   bits
//	12  u32  items            26  u16  topics             31  u8   first pages
//	                                                      32  u8   fatigue shown
//	33  u8   count of slots   36  u16  slot record size, 8
//	34  u8   count of languages
//	35  u8   count of currencies                          38  u8   length of site
//	                                                      39  u8   0, five bytes
//	44  slot records; then site; then the slots' names, the languages and the currencies, each after a u16 of its length
//
//	slot record:
//	 0  u8   kinds             3  u8   1 where repeats are welcome
//	 1  u8   size              4  u8   least topics
//	 2  u8   layer             5  u8   0, three bytes

// Info is what a host needs to know of an opened pack.
type Info struct {
	// Site is the site's name.
	Site string
	// ID tells packs apart; saved sessions are bound to it.
	ID     uint64
	Items  uint32
	Topics uint16
	// Slots, Languages and Currencies are counted from 0 here; a request's language and an item's count from 1.
	Slots                 []pack.Slot
	Languages, Currencies []string
	// What of the policy a host acts on; see pack.Policy.
	Signals                  uint16
	MaxLayer, Faces, Bits    uint8
	FirstPages, FatigueShown uint8
	SettleMs, HalfLifeMs     uint32
}

var errInfoLong = &core.Error{Status: core.TooLarge, Field: "info", Text: "names of slots, languages and currencies exceed a reply"}

// appendInfo appends the reply of info to dst, or refuses when it would be longer than MaxReply.
func appendInfo(dst []byte, p *pack.Pack) ([]byte, error) {
	policy := p.Policy()
	dst, head := begin(dst, infoHead)
	put64(head[4:], p.ID())
	put32(head[12:], p.Items())
	put32(head[16:], policy.SettleMs)
	put32(head[20:], policy.HalfLifeMs)
	put16(head[24:], policy.Signals)
	put16(head[26:], p.Topics())
	head[28], head[29], head[30] = policy.MaxLayer, policy.Faces, policy.Bits
	head[31], head[32] = policy.FirstPages, policy.FatigueShown
	head[33], head[34], head[35] = p.Slots(), p.Languages(), p.Currencies()
	put16(head[36:], slotRecord)
	head[38] = byte(len(p.Site()))
	for i := range p.Slots() {
		dst = appendSlot(dst, p.Slot(i))
	}
	dst = append(dst, p.Site()...)
	ok := true
	for i := range p.Slots() {
		dst, ok = appendName(dst, p.SlotName(i), ok)
	}
	for i := range p.Languages() {
		dst, ok = appendName(dst, p.LanguageName(i), ok)
	}
	for i := range p.Currencies() {
		dst, ok = appendName(dst, p.CurrencyName(i), ok)
	}
	if !ok {
		return dst, errInfoLong
	}
	return dst, nil
}

func appendSlot(dst []byte, s pack.Slot) []byte {
	dst, record := extend(dst, slotRecord)
	record[0], record[1], record[2], record[4] = byte(s.Kinds), s.Size, s.Layer, s.MinTopics
	if s.Repeats {
		record[3] = 1
	}
	return dst
}

func appendName(dst, name []byte, ok bool) ([]byte, bool) {
	if !ok || len(name)+2 > MaxReply-len(dst) {
		return dst, false
	}
	dst, length := extend(dst, 2)
	put16(length, uint16(len(name)))
	return append(dst, name...), true
}

// AppendInfo appends the reply of info to dst.
func AppendInfo(dst []byte, in Info) []byte {
	dst, head := begin(dst, infoHead)
	put64(head[4:], in.ID)
	put32(head[12:], in.Items)
	put32(head[16:], in.SettleMs)
	put32(head[20:], in.HalfLifeMs)
	put16(head[24:], in.Signals)
	put16(head[26:], in.Topics)
	head[28], head[29], head[30], head[31], head[32] = in.MaxLayer, in.Faces, in.Bits, in.FirstPages, in.FatigueShown
	head[33], head[34], head[35] = byte(len(in.Slots)), byte(len(in.Languages)), byte(len(in.Currencies))
	put16(head[36:], slotRecord)
	head[38] = byte(len(in.Site))
	for _, s := range in.Slots {
		dst = appendSlot(dst, s)
	}
	dst = append(dst, in.Site...)
	for _, s := range in.Slots {
		dst, _ = appendName(dst, []byte(s.Name), true)
	}
	for _, names := range [][]string{in.Languages, in.Currencies} {
		for _, name := range names {
			dst, _ = appendName(dst, []byte(name), true)
		}
	}
	return dst
}

// DecodeInfo reads the reply of info.
func DecodeInfo(b []byte) (Info, error) {
	at, err := replyOf(b, infoHead)
	if err != nil {
		return Info{}, err
	}
	in := Info{
		ID:           get64(b[4:]),
		Items:        get32(b[12:]),
		Topics:       get16(b[26:]),
		Signals:      get16(b[24:]),
		MaxLayer:     b[28],
		Faces:        b[29],
		Bits:         b[30],
		FirstPages:   b[31],
		FatigueShown: b[32],
		SettleMs:     get32(b[16:]),
		HalfLifeMs:   get32(b[20:]),
	}
	slots, size, site := int(b[33]), int(get16(b[36:])), int(b[38])
	if size < slotRecord {
		return Info{}, errRecord
	}
	languages, currencies := int(b[34]), int(b[35])
	if len(b)-at < slots*size+site {
		return Info{}, errTruncated
	}
	for range slots {
		r := b[at:]
		if r[3] > 1 {
			return Info{}, errFlag
		}
		in.Slots = append(in.Slots, pack.Slot{Kinds: pack.Kinds(r[0]), Size: r[1], Layer: r[2], Repeats: r[3] == 1, MinTopics: r[4]})
		at += size
	}
	in.Site = string(b[at : at+site])
	at += site
	names := make([]string, slots+languages+currencies)
	for i := range names {
		if len(b)-at < 2 {
			return Info{}, errTruncated
		}
		n := int(get16(b[at:]))
		at += 2
		if len(b)-at < n {
			return Info{}, errTruncated
		}
		names[i] = string(b[at : at+n])
		at += n
	}
	if err := exactly(b, at); err != nil {
		return Info{}, err
	}
	for i := range in.Slots {
		in.Slots[i].Name = names[i]
	}
	in.Languages, in.Currencies = names[slots:slots+languages], names[slots+languages:]
	return in, nil
}
