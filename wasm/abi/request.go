package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// A request for suggestions, of suggest and of faces:
//
//	 0  u16  version           8  u64  now_ms         22  u8  daypart
//	 2  u16  head size, 28    16  u32  item           23  u8  day
//	 4  u8   slot             20  u16  topic          24  u8  device
//	 5  u8   size                                     25  u8  region
//	 6  u8   layer                                    26  u8  referrer
//	 7  u8   flags                                    27  u8  language
//
// Flags: bit 0 is Explain, the others are 0.

const flagExplain = 1

var errFlags = &core.Error{Status: core.BadRequest, Field: "request.flags", Text: "has a bit other than explain, which is 1"}

// AppendRequest appends a request to dst.
func AppendRequest(dst []byte, r core.Request) []byte {
	dst, head := begin(dst, requestHead)
	head[4], head[5], head[6] = r.Slot, r.Size, r.Layer
	if r.Explain {
		head[7] = flagExplain
	}
	put64(head[8:], r.NowMs)
	put32(head[16:], r.Item)
	put16(head[20:], r.Topic)
	head[22] = byte(r.Context.Daypart)
	head[23] = byte(r.Context.Day)
	head[24] = byte(r.Context.Device)
	head[25] = byte(r.Context.Region)
	head[26] = byte(r.Context.Referrer)
	head[27] = r.Context.Language
	return dst
}

// DecodeRequest reads a request. What its fields say is the engine's to check.
func DecodeRequest(b []byte) (core.Request, error) {
	if err := requestOf(b, requestHead); err != nil {
		return core.Request{}, err
	}
	if err := exactly(b, requestHead); err != nil {
		return core.Request{}, err
	}
	if b[7]&^flagExplain != 0 {
		return core.Request{}, errFlags
	}
	return core.Request{
		NowMs: get64(b[8:]),
		Slot:  b[4],
		Size:  b[5],
		Layer: b[6],
		Item:  get32(b[16:]),
		Topic: get16(b[20:]),
		Context: core.Context{
			Daypart:  pack.Class(b[22]),
			Day:      pack.Class(b[23]),
			Device:   pack.Class(b[24]),
			Region:   pack.Class(b[25]),
			Referrer: pack.Class(b[26]),
			Language: b[27],
		},
		Explain: b[7] != 0,
	}, nil
}
