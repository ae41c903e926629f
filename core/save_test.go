package core_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// sealed sets the checksum of a saved visit.
func sealed(saved []byte) []byte {
	if n := len(saved) - 4; n >= 0 {
		binary.LittleEndian.PutUint32(saved[n:], uint32(pack.Checksum(saved[:n])))
	}
	return saved
}

// full is a visit with something of everything that is saved.
func full(t failing, e *core.Engine) *core.Session {
	t.Helper()
	s := visit(t, e, of(core.View, 100, blueJacket), much(core.Engaged, 200, 12_345), much(core.Scroll, 300, 66), about(core.Search, 400, bags),
		of(core.BasketAdd, 500, pannier), of(core.View, 600, redJacket), of(core.Shown, 700, rack), prefer(bikes, 30), of(core.Dismissed, 800, rainCap),
		about(core.Dismissed, 900, service), core.NewSignal(core.View, 1_000), of(core.Chosen, 1_100, cityBike))
	suggest(t, e, s, home(related, 2, 60_000))
	return s
}

func TestSaveIsTheFormat(t *testing.T) {
	e := openShop(t, nil)
	empty := []byte(save(e, new(core.Session)))
	want := append([]byte("NV\x01\x00"), binary.LittleEndian.AppendUint64(nil, e.Pack().ID())...)
	want = append(want, make([]byte, 8+4+2+5+4)...)
	assert.Equal(t, sealed(want), empty)

	s := visit(t, e, of(core.View, 0x1122, blueJacket), much(core.Engaged, 0, 7), much(core.Scroll, 0, 9), prefer(bikes, 30))
	saved := []byte(save(e, s))
	assert.Equal(t, "\x22\x11\x00\x00\x00\x00\x00\x00"+"\x01\x00\x00\x00"+"\x00\x00"+"\x01\x00\x01\x00\x00"+
		"\x22\x11\x00\x00\x00\x00\x00\x00"+"\x01\x00\x00\x00"+"\x07\x00\x00\x00"+"\x01\x00\x00\x00"+"\x01\x00"+"\x01"+"\x09"+
		"\x03\x00\x1e\x01\x00\x00\x00\x00", string(saved[12:len(saved)-4]))
}

func TestRestore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := drawShop(t)
		e := openDrawn(t, src)
		s := drawVisit(t, e)
		saved := []byte(save(e, s))
		require.LessOrEqual(t, len(saved), core.MaxSaved)
		other := openDrawn(t, src)
		restored := drawVisit(t, other) // whatever was there before
		require.Nil(t, other.Restore(restored, saved))
		require.Equal(t, saved, other.Save(restored))
		for range 4 {
			req := drawRequest(t, e)
			require.Equal(t, suggest(t, e, s, req), suggest(t, other, restored, req))
		}
		require.Equal(t, save(e, s), save(other, restored))
		sig := drawSignal(t, e, 0)
		want, err := e.Observe(s, &sig)
		got, other2 := other.Observe(restored, &sig)
		require.Equal(t, []any{want, err}, []any{got, other2})
		require.Equal(t, save(e, s), save(other, restored))
	})
}

// TestRestoreIsNoAlias: what was restored does not change with the bytes it came from, nor with what is restored next.
func TestRestoreIsNoAlias(t *testing.T) {
	e := openShop(t, nil)
	saved := []byte(save(e, full(t, e)))
	want := string(saved)
	var s, next core.Session
	require.Nil(t, e.Restore(&s, saved))
	clear(saved)
	require.Nil(t, e.Restore(&next, e.Save(new(core.Session))))
	assert.Equal(t, want, save(e, &s))
}

func TestRestoreRefusesDamage(t *testing.T) {
	e := openShop(t, nil)
	saved := []byte(save(e, full(t, e)))
	s := busy(t, e)
	before := save(e, s)
	refused := func(bytes []byte, text string, at int) {
		t.Helper()
		err := e.Restore(s, bytes)
		require.NotNil(t, err, "%s %d", text, at)
		require.Equal(t, before, save(e, s), "%s %d", text, at)
	}
	for n := range saved {
		refused(saved[:n], "cut at", n)
	}
	refused(append(append([]byte(nil), saved...), 0), "too long", 0)
	for i := range saved {
		for _, flip := range []byte{1, 0x80, 0xff} {
			damaged := append([]byte(nil), saved...)
			damaged[i] ^= flip
			refused(damaged, "flipped", i)
		}
	}
	refused(nil, "nothing", 0)
	refused(make([]byte, core.MaxSaved), "zeros", 0)
}

func TestRestoreRefuses(t *testing.T) {
	e := openShop(t, nil)
	put := func(at int, value ...byte) func([]byte) { return func(b []byte) { copy(b[at:], value) } }
	const event, notes = 31, 31 + 6*24 // of the full visit, whose newest event is the last before the notes
	for _, c := range []struct {
		name, field string
		status      core.Status
		change      func([]byte)
	}{
		{"no visit", "visit", core.BadState, put(0, 'P')},
		{"version 0", "visit.version", core.BadState, put(2, 0)},
		{"version 2", "visit.version", core.BadState, put(2, 2)},
		{"other pack", "visit.pack", core.OtherPack, func(b []byte) { b[4]++ }},
		{"time past the end", "visit.content", core.BadState, put(12, 0, 0, 0, 0, 0, 0, 0x20, 0)},
		{"time before its events", "visit.content", core.BadState, put(12, 0, 0)},
		{"fewer pages than its events", "visit.content", core.BadState, put(20, 1)},
		{"over the budget", "visit.content", core.BadState, put(24, 1, 12)},
		{"event out of order", "visit.content", core.BadState, put(event, 0xff, 0xff)},
		{"page out of order", "visit.content", core.BadState, put(event+8, 3)},
		{"more than a day", "visit.content", core.BadState, put(event+12, 1, 0x5c, 0x26, 5)},
		{"no such item", "visit.content", core.BadState, put(event+16, byte(shopItems))},
		{"sensitive item", "visit.content", core.BadState, put(event+16, byte(cream))},
		{"no such topic", "visit.content", core.BadState, put(event+20, byte(overshoes)+1)},
		{"sensitive topic", "visit.content", core.BadState, put(event+20, byte(intimate))},
		{"kind 0", "visit.content", core.BadState, put(event+22, 0)},
		{"kind that leaves no event", "visit.content", core.BadState, put(event+22, byte(core.Shown))},
		{"kind past the last", "visit.content", core.BadState, put(event+22, core.SignalCount)},
		{"kind 255", "visit.content", core.BadState, put(event+22, 255)},
		{"deeper than the page", "visit.content", core.BadState, put(event+23, 101)},
		{"no such item dismissed", "visit.content", core.BadState, put(notes, byte(shopItems))},
		{"sensitive item dismissed", "visit.content", core.BadState, put(notes, byte(cream))},
		{"sensitive topic dismissed", "visit.content", core.BadState, put(notes+8, byte(intimate))},
		{"no such topic dismissed", "visit.content", core.BadState, put(notes+8, byte(overshoes)+1)},
		{"no topic dismissed", "visit.content", core.BadState, put(notes+8, 0xff, 0xff)},
		{"neither item nor topic dismissed", "visit.content", core.BadState, put(notes+8, 0, 0, 1)},
		{"dismissed past 32 bits", "visit.content", core.BadState, put(notes, 0, 0, 0, 0, 1)},
		{"preference of nothing", "visit.content", core.BadState, put(notes+16+2, 0)},
		{"preference above all", "visit.content", core.BadState, put(notes+16+2, 101)},
		{"sensitive preference", "visit.content", core.BadState, put(notes+16, byte(intimate))},
		{"shown on a page to come", "visit.content", core.BadState, put(notes+24+3, 4)},
		{"sensitive topic shown", "visit.content", core.BadState, put(notes+24, byte(intimate))},
		{"face past the last", "visit.content", core.BadState, put(notes+32+7, 8)},
	} {
		t.Run(c.name, func(t *testing.T) {
			saved := []byte(save(e, full(t, e)))
			require.Len(t, saved, notes+5*8+4)
			c.change(saved)
			s := busy(t, e)
			before := save(e, s)
			refused := e.Restore(s, sealed(saved))
			require.NotNil(t, refused)
			assert.Equal(t, c.status, refused.Status)
			assert.Equal(t, c.field, refused.Field())
			assert.Equal(t, before, save(e, s))
		})
	}
}

// TestRestoreRefusesHostileCounts: counts beyond the bounds, with all the bytes that they ask for.
func TestRestoreRefusesHostileCounts(t *testing.T) {
	e := openShop(t, nil)
	s := busy(t, e)
	before := save(e, s)
	for _, c := range []struct {
		at  int
		max byte
	}{{26, 64}, {27, 32}, {28, 32}, {29, 32}, {30, 32}} {
		for _, n := range []byte{c.max, c.max + 1, 127, 128, 255} {
			for _, exact := range []bool{true, false} {
				saved := []byte(save(e, new(core.Session)))[:31]
				saved[c.at] = n
				if exact {
					saved = append(saved, make([]byte, int(n)*map[bool]int{true: 24, false: 8}[c.at == 26])...)
				}
				err := e.Restore(s, sealed(append(saved, 0, 0, 0, 0)))
				if exact && n == c.max && (c.at == 27 || c.at == 29 || c.at == 30) {
					require.Nil(t, err, "zeros are notes on item 0, topic 0 and a view")
					require.Nil(t, e.Restore(s, []byte(before)))
					continue
				}
				require.NotNil(t, err)
				assert.Equal(t, map[bool]string{true: "visit.content", false: "visit.length"}[exact], err.Field())
				assert.Equal(t, before, save(e, s))
			}
		}
	}
}

func TestRestoreOfAnotherPack(t *testing.T) {
	e := openShop(t, nil)
	other := openShop(t, func(src *pack.Source) { src.Items[0].Price = 1 })
	err := other.Restore(new(core.Session), e.Save(new(core.Session)))
	var refused *core.Error
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, core.OtherPack, refused.Status)
}

// FuzzRestore seals what it is given, so that the checksum stops nothing. What is restored works and is saved again.
func FuzzRestore(f *testing.F) {
	e := openShop(f, nil)
	f.Add([]byte(save(e, new(core.Session))))
	f.Add([]byte(save(e, busy(f, e))))
	f.Add([]byte(save(e, full(f, e))))
	empty := save(e, new(core.Session))
	long := full(f, e)
	for i := range uint32(64) {
		observe(f, e, long, of(core.View, uint64(2_000+i), i%cream), of(core.Dismissed, 2_000, i%cream), of(core.Shown, 2_000, i%cream))
	}
	f.Add([]byte(save(e, long)))
	p := e.Pack()
	f.Fuzz(func(t *testing.T, saved []byte) {
		e := core.NewEngine(p) // without what it remembers of other inputs
		if len(saved) >= 12 {
			binary.LittleEndian.PutUint64(saved[4:], e.Pack().ID())
		}
		sealed(saved)
		var s core.Session
		if err := e.Restore(&s, saved); err != nil {
			require.Equal(t, empty, save(e, &s))
			return
		}
		again := []byte(save(e, &s))
		require.Len(t, again, len(saved))
		var other core.Session
		require.Nil(t, e.Restore(&other, again))
		require.Equal(t, again, e.Save(&other))
		for slot := related; slot <= general; slot++ {
			for layer := uint8(1); layer <= 3; layer++ {
				req := home(slot, layer, 60_000)
				req.Explain = true
				checkReply(t, e, req, suggest(t, e, &s, req))
				req.Item = redJacket
				checkReply(t, e, req, suggest(t, e, &s, req))
			}
		}
		_, err := e.Intent(&s, core.MaxTimeMs)
		require.Nil(t, err)
		observe(t, e, &s, of(core.View, 0, cityBike), much(core.Engaged, 0, 9), of(core.Shown, 0, rainCap), of(core.Dismissed, 0, rainCap), prefer(bags, 9), of(core.Chosen, 0, rack))
		require.Nil(t, e.Restore(&other, e.Save(&s)))
		require.Equal(t, save(e, &s), save(e, &other))
	})
}
