package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// A request for suggestions:
//
//	 0  u16  version           8  u64  now_ms         22  u8  daypart
//	 2  u16  head size, 28    16  u32  item           23  u8  day
//	 4  u8   slot             20  u16  topic          24  u8  device
//	 5  u8   size                                     25  u8  region
//	 6  u8   layer                                    26  u8  referrer
//	 7  u8   flags                                    27  u8  language
//
// Flags: bit 0 is Explain, bit 1 is Public, the others are 0.

const (
	flagExplain = 1
	flagPublic  = 2
)

var errFlags = &core.Error{Status: core.BadRequest, Text: "request.flags: not 0 to 3"}

// AppendRequest appends a request to dst.
func AppendRequest(dst []byte, r core.Request) []byte {
	w := appending(dst, requestHead)
	w.begin(requestHead)
	w.put8(r.Slot)
	w.put8(r.Size)
	w.put8(r.Layer)
	flags := uint8(0)
	if r.Explain {
		flags |= flagExplain
	}
	if r.Public {
		flags |= flagPublic
	}
	w.put8(flags)
	w.put64(r.NowMs)
	w.put32(r.Item)
	w.put16(r.Topic)
	for _, c := range [...]pack.Class{r.Context.Daypart, r.Context.Day, r.Context.Device, r.Context.Region, r.Context.Referrer} {
		w.put8(byte(c))
	}
	w.put8(r.Context.Language)
	return w.b
}

// decodeRequest reads a request into q. What its fields say is the engine's to check.
func decodeRequest(b []byte, q *core.Request) *core.Error {
	if err := requestOf(b, requestHead, false); err != nil {
		return err
	}
	r := (*[requestHead]byte)(b)
	q.Slot, q.Size, q.Layer = r[4], r[5], r[6]
	q.Explain, q.Public = r[7]&flagExplain != 0, r[7]&flagPublic != 0
	q.NowMs, q.Item, q.Topic = get64(r[8:]), get32(r[16:]), get16(r[20:])
	c := &q.Context
	c.Daypart, c.Day, c.Device = pack.Class(r[22]), pack.Class(r[23]), pack.Class(r[24])
	c.Region, c.Referrer, c.Language = pack.Class(r[25]), pack.Class(r[26]), r[27]
	if r[7] > flagExplain|flagPublic {
		return errFlags
	}
	return nil
}
