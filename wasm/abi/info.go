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

// info appends the reply of info, or refuses when it would be longer than MaxReply.
func (w *writer) info(p *pack.Pack) error {
	policy := p.Policy()
	w.begin(infoHead)
	w.put64(p.ID())
	w.put32(p.Items())
	w.put32(policy.SettleMs)
	w.put32(policy.HalfLifeMs)
	w.put16(policy.Signals)
	w.put16(p.Topics())
	w.put8(policy.MaxLayer)
	w.put8(policy.Faces)
	w.put8(policy.Bits)
	w.put8(policy.FirstPages)
	w.put8(policy.FatigueShown)
	w.put8(p.Slots())
	w.put8(p.Languages())
	w.put8(p.Currencies())
	w.put16(slotRecord)
	w.put16(uint16(len(p.Site())))
	w.put32(0)
	for i := range p.Slots() {
		w.slot(p.Slot(i))
	}
	w.put(p.Site())
	for i := range p.Slots() {
		w.name(p.SlotName(i))
	}
	for i := range p.Languages() {
		w.name(p.LanguageName(i))
	}
	for i := range p.Currencies() {
		w.name(p.CurrencyName(i))
	}
	if w.full {
		return errInfoLong
	}
	return nil
}

func (w *writer) slot(s pack.Slot) {
	w.put8(byte(s.Kinds))
	w.put8(s.Size)
	w.put8(s.Layer)
	w.flag(s.Repeats)
	w.put32(uint32(s.MinTopics))
}

// name appends a name, unless the message would be longer than MaxReply.
//
//go:noinline
func (w *writer) name(name []byte) {
	if len(w.b)+2+len(name) > MaxReply {
		w.full = true
		return
	}
	w.put16(uint16(len(name)))
	w.put(name)
}

// AppendInfo appends the reply of info to dst.
func AppendInfo(dst []byte, in Info) []byte {
	w := writer{b: dst}
	w.begin(infoHead)
	w.put64(in.ID)
	w.put32(in.Items)
	w.put32(in.SettleMs)
	w.put32(in.HalfLifeMs)
	w.put16(in.Signals)
	w.put16(in.Topics)
	w.put(append([]byte{in.MaxLayer, in.Faces, in.Bits, in.FirstPages, in.FatigueShown},
		byte(len(in.Slots)), byte(len(in.Languages)), byte(len(in.Currencies))))
	w.put16(slotRecord)
	w.put16(uint16(byte(len(in.Site))))
	w.put32(0)
	for _, s := range in.Slots {
		w.slot(s)
	}
	w.puts(in.Site)
	for _, s := range in.Slots {
		w.name([]byte(s.Name))
	}
	for _, names := range [][]string{in.Languages, in.Currencies} {
		for _, name := range names {
			w.name([]byte(name))
		}
	}
	return w.b
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
