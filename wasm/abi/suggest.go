package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// The reply of suggest:
//
//	 0  u16  version           7  u8   count of suggestions
//	 2  u16  head size, 18     8  u16  bits spent, in 256ths
//	 4  u8   layer            10  u16  bits left, in 256ths
//	 5  u8   face             12  u16  record size, 20
//	 6  u8   faces            14  u16  count of public items
//	                          16  u16  share of the face, in thousandths
//	18  records, in the order to show them, then the public items, a u32 each
//
//	record:
//	 0  u32  item             12  u32  reason's item
//	 4  u32  score            16  u16  reason's topic
//	 8  u32  lift             18  u8   reason's code
//	                          19  u8   0

var (
	errLayer  = &core.Error{Status: core.BadMessage, Text: "reply.layer: not 1, 2 or 3"}
	errSize   = &core.Error{Status: core.BadMessage, Text: "reply.count: more than 20"}
	errFace   = &core.Error{Status: core.BadMessage, Text: "reply.face: not one of the page's faces"}
	errReason = &core.Error{Status: core.BadMessage, Text: "suggestion.reason: not a known code"}
)

// AppendReply appends the reply of suggest to dst.
func AppendReply(dst []byte, r core.Reply) []byte {
	w := appending(dst, replyHead+suggestionRecord*len(r.Suggestions)+4*len(r.Public))
	w.reply(&r)
	return w.b
}

func (w *writer) reply(r *core.Reply) {
	w.begin(replyHead)
	w.put8(r.Layer)
	w.put8(r.Face)
	w.put8(r.Faces)
	w.put8(byte(len(r.Suggestions)))
	w.put16(r.BitsSpent)
	w.put16(r.BitsLeft)
	w.put16(suggestionRecord)
	w.put16(uint16(len(r.Public)))
	w.put16(r.SharePermille)
	w.suggestions(r.Suggestions)
	for _, item := range r.Public {
		w.put32(item)
	}
}

// DecodeReply reads the reply of suggest. The suggestions are a new slice, nil when there are none.
func DecodeReply(b []byte) (core.Reply, error) {
	head, err := replyOf(b, replyHead)
	if err != nil {
		return core.Reply{}, err
	}
	r := core.Reply{
		Layer:     b[4],
		Face:      b[5],
		Faces:     b[6],
		BitsSpent: get16(b[8:]),
		BitsLeft:  get16(b[10:]),

		SharePermille: get16(b[16:]),
	}
	if r.Layer < 1 || r.Layer > 3 {
		return core.Reply{}, errLayer
	}
	if r.Face >= r.Faces && r.Face != 0 {
		return core.Reply{}, errFace
	}
	suggestions, end, err := decodeSuggestions(b, head, int(b[7]), int(get16(b[12:])))
	if err != nil {
		return core.Reply{}, err
	}
	if err := exactly(b, end+4*int(get16(b[14:]))); err != nil {
		return core.Reply{}, err
	}
	r.Suggestions = suggestions
	for ; end < len(b); end += 4 {
		r.Public = append(r.Public, get32(b[end:]))
	}
	return r, nil
}

//go:noinline
func (w *writer) suggestions(suggestions []core.Suggestion) {
	for i := range suggestions {
		s := &suggestions[i]
		w.put32(s.Item)
		w.put32(s.Score)
		w.put32(s.Lift)
		w.put32(s.Reason.Item)
		w.put16(s.Reason.Topic)
		w.put16(uint16(s.Reason.Code))
	}
}

// decodeSuggestions reads count records of the given size from b[at:] and returns where they end.
func decodeSuggestions(b []byte, at, count, size int) ([]core.Suggestion, int, error) {
	if count == 0 {
		return nil, at, nil
	}
	if count > pack.MaxSlotSize {
		return nil, at, errSize
	}
	if size < suggestionRecord {
		return nil, at, errRecord
	}
	if len(b)-at < count*size {
		return nil, at, errTruncated
	}
	suggestions := make([]core.Suggestion, count)
	for i := range suggestions {
		record := b[at:]
		s := core.Suggestion{
			Item:  get32(record),
			Score: get32(record[4:]),
			Lift:  get32(record[8:]),
			Reason: core.Reason{
				Code:  core.ReasonCode(record[18]),
				Topic: get16(record[16:]),
				Item:  get32(record[12:]),
			},
		}
		if s.Reason.Code < core.PopularNow || s.Reason.Code > core.Related {
			return nil, at, errReason
		}
		suggestions[i] = s
		at += size
	}
	return suggestions, at, nil
}
