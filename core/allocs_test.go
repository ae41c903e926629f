package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// TestNoCallAllocates: the module's memory never grows, as nothing but NewEngine takes any.
func TestNoCallAllocates(t *testing.T) {
	e := openFaceted(t, nil)
	s := full(t, e)
	asked := full(t, e)
	observe(t, e, asked, core.NewSignal(core.View, 2_000), prefer(blue, 100), prefer(large, 50), prefer(jackets, 100))
	saved := []byte(save(e, s))
	damaged := append([]byte(nil), saved...)
	damaged[40]++
	signals := []core.Signal{of(core.View, 1, cityBike), of(core.View, 2, cream), about(core.View, 2, bags), much(core.Engaged, 3, 9), much(core.Scroll, 4, 9),
		says(core.Search, 5, "a jacket"), says(core.Filter, 6, "nothing"), of(core.BasketAdd, 7, pannier), of(core.BasketRemove, 8, pannier), of(core.Purchase, 9, rack),
		of(core.Shown, 10, rainCap), of(core.Chosen, 11, rainCap), of(core.Dismissed, 12, bell), about(core.Dismissed, 12, service), prefer(bags, 50), prefer(bags, 0), prefer(red, 50)}
	refused := []core.Signal{of(0, 0, 0), of(core.View, 0, shopItems), of(core.BasketAdd, 0, pack.NoItem), much(core.Scroll, 0, 101)}
	var other core.Session
	item := uint32(0)
	contexts := [...]core.Context{{}, {Device: pack.Phone}, {Daypart: pack.Evening, Language: 2}}
	each := func(slot, layer uint8, call func(core.Request)) func() {
		return func() {
			// Other pages and contexts each time, so that no cache has them all.
			item = (item + 1) % shopItems
			req := at(item, slot, layer, 90_000)
			req.Context, req.Explain = contexts[item%3], item%2 == 0
			call(req)
		}
	}
	for _, c := range []struct {
		name string
		call func()
	}{
		{"Observe", func() {
			for _, sig := range signals {
				_, err := e.Observe(s, &sig)
				require.Nil(t, err)
			}
		}},
		{"Observe, refused", func() {
			for _, sig := range refused {
				if _, err := e.Observe(s, &sig); err == nil {
					t.Fatal("not refused")
				}
			}
		}},
		{"Suggest at layer 1", each(related, 1, func(r core.Request) { e.Suggest(s, &r) })},
		{"Suggest at layer 2", each(related, 2, func(r core.Request) { e.Suggest(s, &r); e.Reset(s) })},
		{"Suggest at layer 2, with topics", each(mixed, 2, func(r core.Request) { other = *s; e.Suggest(&other, &r) })},
		{"Suggest at layer 3", each(related, 3, func(r core.Request) { e.Suggest(s, &r) })},
		{"Suggest what was declared, at layer 2", each(related, 2, func(r core.Request) { e.Suggest(asked, &r) })},
		{"Suggest what was declared, at layer 3", each(related, 3, func(r core.Request) { e.Suggest(asked, &r) })},
		{"Suggest with repeats", each(again, 3, func(r core.Request) { e.Suggest(s, &r) })},
		{"Suggest, refused", each(general+1, 3, func(r core.Request) {
			if _, err := e.Suggest(s, &r); err == nil {
				t.Fatal("not refused")
			}
		})},
		{"Faces", each(mixed, 2, func(r core.Request) { e.Faces(&r) })},
		{"Intent", func() { e.Intent(s, 90_000) }},
		{"Save", func() { e.Save(s) }},
		{"Restore", func() { require.Nil(t, e.Restore(&other, saved)) }},
		{"Restore, refused", func() {
			if e.Restore(&other, damaged) == nil || e.Restore(&other, saved[:50]) == nil {
				t.Fatal("not refused")
			}
		}},
		{"Check", func() { e.Check(&signals[0]) }},
		{"Reset", func() { e.Reset(&other) }},
	} {
		s = full(t, e)
		assert.Zero(t, testing.AllocsPerRun(100, c.call), c.name)
	}
}
