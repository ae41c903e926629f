package core_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

func with(sig core.Signal, change func(*core.Signal)) core.Signal {
	change(&sig)
	return sig
}

func TestObserve(t *testing.T) {
	e := openShop(t, nil)
	for _, c := range []struct {
		name string
		sig  core.Signal
		want core.Outcome
	}{
		{"view of an item", of(core.View, 0, cityBike), core.Counted},
		{"view of a topic", about(core.View, 0, bags), core.Counted},
		{"view of neither", core.NewSignal(core.View, 0), core.Counted},
		{"view at the end of time", of(core.View, core.MaxTimeMs, cityBike), core.Counted},
		{"view of what is sold out", of(core.View, 0, oldBike), core.Counted},
		{"no time at all", much(core.Engaged, 0, 0), core.Counted},
		{"a day", much(core.Engaged, 0, 24*60*60*1000), core.Counted},
		{"time on an item viewed", with(of(core.Engaged, 0, blueJacket), func(s *core.Signal) { s.Value = 5 }), core.Counted},
		{"time on an item not viewed", of(core.Engaged, 0, cityBike), core.Meaningless},
		{"to the end", much(core.Scroll, 0, 100), core.Counted},
		{"search by text", says(core.Search, 0, "the best JÁCKET"), core.Counted},
		{"search by topic", about(core.Search, 0, bikes), core.Counted},
		{"the topic wins over the text", with(says(core.Search, 0, "nonsense"), func(s *core.Signal) { s.Topic = bikes }), core.Counted},
		{"longest text", says(core.Search, 0, strings.Repeat(" ", core.MaxText-3)+"tas"), core.Counted},
		{"search for nothing known", says(core.Search, 0, "umbrella"), core.Meaningless},
		{"search without words", says(core.Search, 0, " .,!"), core.Meaningless},
		{"search that is no UTF-8", says(core.Search, 0, "\xc3\xe2\x80\xff"), core.Meaningless},
		{"filter by text", says(core.Filter, 0, "fiets"), core.Counted},
		{"filter by topic", about(core.Filter, 0, rainwear), core.Counted},
		{"into the basket", of(core.BasketAdd, 0, cityBike), core.Counted},
		{"out of it", of(core.BasketRemove, 0, cityBike), core.Counted},
		{"purchase", of(core.Purchase, 0, cityBike), core.Counted},
		{"shown", of(core.Shown, 0, cityBike), core.Counted},
		{"shown, of no topic", of(core.Shown, 0, bell), core.Counted},
		{"chosen", of(core.Chosen, 0, cityBike), core.Counted},
		{"item dismissed", of(core.Dismissed, 0, cityBike), core.Counted},
		{"topic dismissed", about(core.Dismissed, 0, bikes), core.Counted},
		{"preference", prefer(bikes, 100), core.Counted},
		{"preference taken back", prefer(bikes, 0), core.Counted},
		{"sensitive view", of(core.View, 0, cream), core.Sensitive},
		{"view of a sensitive topic", about(core.View, 0, intimate), core.Sensitive},
		{"sensitive basket", of(core.BasketAdd, 0, cream), core.Sensitive},
		{"sensitive search", about(core.Search, 0, intimate), core.Sensitive},
		{"sensitive preference", prefer(intimate, 10), core.Sensitive},
		{"sensitive dismissal", about(core.Dismissed, 0, intimate), core.Sensitive},
		{"sensitive time", of(core.Engaged, 0, cream), core.Sensitive},
		{"a sensitive topic beside an item", with(of(core.View, 0, cityBike), func(s *core.Signal) { s.Topic = intimate }), core.Sensitive},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := visit(t, e, of(core.View, 0, blueJacket))
			before := save(e, s)
			got, err := e.Observe(s, &c.sig)
			require.Nil(t, err)
			assert.Equal(t, c.want, got, "%v", got)
			if got != core.Counted && c.sig.Kind != core.View {
				assert.Equal(t, before, save(e, s), "what does not count leaves no trace")
			}
		})
	}
}

func TestObserveRefuses(t *testing.T) {
	e := openShop(t, nil)
	for _, c := range []struct {
		name, field string
		sig         core.Signal
	}{
		{"kind 0", "signal.kind", of(0, 0, cityBike)},
		{"kind past the last", "signal.kind", of(core.SignalCount, 0, cityBike)},
		{"kind 255", "signal.kind", of(255, 0, cityBike)},
		{"time", "signal.at_ms", of(core.View, core.MaxTimeMs+1, cityBike)},
		{"item", "signal.item", of(core.View, 0, shopItems)},
		{"item just below none", "signal.item", of(core.View, 0, pack.NoItem-1)},
		{"topic", "signal.topic", about(core.View, 0, overshoes+1)},
		{"view with a value", "signal.value", with(of(core.View, 0, cityBike), func(s *core.Signal) { s.Value = 1 })},
		{"more than a day", "signal.value", much(core.Engaged, 0, 24*60*60*1000+1)},
		{"more than all", "signal.value", much(core.Scroll, 0, 101)},
		{"preference above all", "signal.value", prefer(bikes, 101)},
		{"view with a text", "signal.text", with(of(core.View, 0, cityBike), func(s *core.Signal) { s.Text = []byte("tas") })},
		{"text too long", "signal.text", says(core.Search, 0, strings.Repeat("a", core.MaxText+1))},
		{"basket without item", "signal.item", about(core.BasketAdd, 0, bikes)},
		{"removal without item", "signal.item", core.NewSignal(core.BasketRemove, 0)},
		{"purchase without item", "signal.item", core.NewSignal(core.Purchase, 0)},
		{"shown without item", "signal.item", core.NewSignal(core.Shown, 0)},
		{"chosen without item", "signal.item", core.NewSignal(core.Chosen, 0)},
		{"dismissal of nothing", "signal.topic", core.NewSignal(core.Dismissed, 0)},
		{"search for nothing", "signal.topic", core.NewSignal(core.Search, 0)},
		{"filter by an item", "signal.topic", of(core.Filter, 0, cityBike)},
		{"preference for nothing", "signal.topic", much(core.Preference, 0, 50)},
		{"preference for an item", "signal.topic", of(core.Preference, 0, cityBike)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := visit(t, e, of(core.View, 5, blueJacket), of(core.Shown, 6, pannier), prefer(bags, 40))
			before := save(e, s)
			_, err := e.Observe(s, &c.sig)
			require.NotNil(t, err)
			assert.Equal(t, core.BadRequest, err.Status)
			assert.Equal(t, c.field, err.Field())
			assert.Equal(t, before, save(e, s))
		})
	}
}

func TestObserveOnlyWhatIsDeclared(t *testing.T) {
	for kind := core.View; kind < core.SignalCount; kind++ {
		e := openShop(t, func(src *pack.Source) { src.Policy.Signals &^= 1 << kind })
		sig := with(of(kind, 0, cityBike), func(s *core.Signal) { s.Topic = bikes })
		s := new(core.Session)
		before := save(e, s)
		got, err := e.Observe(s, &sig)
		require.Nil(t, err)
		assert.Equal(t, core.Undeclared, got, "%v", kind)
		assert.Equal(t, before, save(e, s))
	}
}

// TestSensitivePage: what happens on a sensitive page is no signal, and does not count for the page before it either.
func TestSensitivePage(t *testing.T) {
	e := openShop(t, nil)
	s := visit(t, e, of(core.View, 0, blueJacket), of(core.View, 10, redJacket))
	drop := func(sig core.Signal) {
		t.Helper()
		before := save(e, s)
		got, err := e.Observe(s, &sig)
		require.Nil(t, err)
		assert.Equal(t, core.Sensitive, got)
		if sig.Kind != core.View {
			assert.Equal(t, before, save(e, s))
		}
	}
	drop(of(core.View, 20, cream))
	drop(much(core.Engaged, 30, 60_000))
	drop(much(core.Scroll, 30, 100))
	drop(of(core.Shown, 30, pannier))
	before := save(e, s)
	observe(t, e, s, with(of(core.Engaged, 30, redJacket), func(s *core.Signal) { s.Value = 9 }))
	assert.NotEqual(t, before, save(e, s), "a signal that names its page counts for that")

	var restored core.Session
	require.Nil(t, e.Restore(&restored, []byte(save(e, s))))
	scroll := much(core.Scroll, 30, 100)
	got, err := e.Observe(&restored, &scroll)
	require.Nil(t, err)
	assert.Equal(t, core.Sensitive, got, "a restored visit is still on that page")

	observe(t, e, s, of(core.View, 40, pannier), much(core.Engaged, 50, 100), much(core.Scroll, 50, 100), of(core.Shown, 50, pannier))
}

func TestNamesOfSignals(t *testing.T) {
	for kind := core.View; kind < core.SignalCount; kind++ {
		got, ok := core.ParseSignalKind(kind.String())
		assert.True(t, ok)
		assert.Equal(t, kind, got)
	}
	for _, name := range []string{"", "unknown", "View", "views"} {
		_, ok := core.ParseSignalKind(name)
		assert.False(t, ok, name)
	}
	assert.Equal(t, "unknown", core.SignalKind(0).String())
	assert.Equal(t, "unknown", core.SignalKind(core.SignalCount).String())
	assert.Equal(t, "meaningless", core.Meaningless.String())
	assert.Equal(t, "bad request: signal.kind: x", (&core.Error{Status: core.BadRequest, Text: "signal.kind: x"}).Error())
	assert.Equal(t, "bad state: x", (&core.Error{Status: core.BadState, Text: "x"}).Error())
}
