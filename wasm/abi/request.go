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
	w := writer{b: dst}
	w.begin(requestHead)
	w.put8(r.Slot)
	w.put8(r.Size)
	w.put8(r.Layer)
	w.flag(r.Explain)
	w.put64(r.NowMs)
	w.put32(r.Item)
	w.put16(r.Topic)
	for _, c := range [...]pack.Class{r.Context.Daypart, r.Context.Day, r.Context.Device, r.Context.Region, r.Context.Referrer} {
		w.put8(byte(c))
	}
	w.put8(r.Context.Language)
	return w.b
}

// DecodeRequest reads a request. What its fields say is the engine's to check.
func DecodeRequest(b []byte) (core.Request, error) {
	if err := requestOf(b, requestHead); err != nil {
		return core.Request{}, err
	}
	if err := exactly(b, requestHead); err != nil {
		return core.Request{}, err
	}
	r := reader{b[headSize:]}
	var q core.Request
	q.Slot, q.Size, q.Layer = r.take8(), r.take8(), r.take8()
	flags := r.take8()
	if flags&^flagExplain != 0 {
		return core.Request{}, errFlags
	}
	q.Explain = flags != 0
	q.NowMs, q.Item, q.Topic = r.take(8), r.take32(), r.take16()
	c := &q.Context
	c.Daypart, c.Day, c.Device = pack.Class(r.take8()), pack.Class(r.take8()), pack.Class(r.take8())
	c.Region, c.Referrer, c.Language = pack.Class(r.take8()), pack.Class(r.take8()), r.take8()
	return q, nil
}
