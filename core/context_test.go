package core_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// popularity returns what the home page's list of all products says of each, relative to the one without topic, which
// no context changes.
func popularity(t *testing.T, e *core.Engine, c core.Context) map[uint32]float64 {
	t.Helper()
	req := home(0, 1, 0)
	req.Size, req.Context = 12, c
	scores := map[uint32]float64{}
	for _, x := range suggest(t, e, new(core.Session), req).Suggestions {
		scores[x.Item] = float64(x.Score)
	}
	for item := range scores {
		if item != 0 {
			scores[item] /= scores[0]
		}
	}
	scores[0] = 1
	return scores
}

// TestPriors: a class multiplies the popularity of a topic's items, and of the topics below that have no prior of their
// own; classes multiply each other; what has no prior stays.
func TestPriors(t *testing.T) {
	src := shop()
	src.Policy.FloorPermille = 1000
	src.Slots = src.Slots[:1]
	src.Rows, src.TopicRows = nil, nil
	src.Items = nil
	for i, topics := range [][]uint16{nil, {rainwear}, {jackets}, {trousers}, {bikes}, {bags}, {overshoes}} {
		src.Items = append(src.Items, pack.Item{ID: string(rune('a' + i)), Topics: topics, Popularity: 30_000})
	}
	e := open(t, src)
	for _, c := range []struct {
		name    string
		context core.Context
		// of no topic, rainwear, jackets, trousers, bikes, bags, overshoes
		want [7]float64
	}{
		{"not known", core.Context{}, [7]float64{1, 1, 1, 1, 1, 1, 1}},
		{"a class without priors", core.Context{Daypart: pack.Morning, Region: pack.Region8, Referrer: pack.ReferrerOther}, [7]float64{1, 1, 1, 1, 1, 1, 1}},
		{"by the parent, or of its own", core.Context{Device: pack.Phone}, [7]float64{1, 4, 4, 0.25, 1, 1, 4}},
		{"by the parent", core.Context{Daypart: pack.Evening}, [7]float64{1, 2, 2, 2, 1, 1, 2}},
		{"two classes", core.Context{Daypart: pack.Evening, Device: pack.Phone}, [7]float64{1, 8, 8, 0.5, 1, 1, 8}},
		{"three classes", core.Context{Daypart: pack.Evening, Day: pack.Weekend, Device: pack.Phone}, [7]float64{1, 8, 8, 0.5, 8, 1, 8}},
		{"and back", core.Context{}, [7]float64{1, 1, 1, 1, 1, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for item, got := range popularity(t, e, c.context) {
				assert.InDelta(t, c.want[item], got, 0.02, "item %d", item)
			}
		})
	}
}

// TestPriorsAreBounded: classes that agree stay within a 16th and sixteenfold.
func TestPriorsAreBounded(t *testing.T) {
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 6, Layer: 1}}, Policy: pack.DefaultPolicy(),
		Topics: []pack.Topic{{Name: "up", Parent: pack.NoTopic}, {Name: "down", Parent: pack.NoTopic}},
		Items:  []pack.Item{{ID: "a", Popularity: 9_000}, {ID: "b", Popularity: 9_000, Topics: []uint16{0}}, {ID: "c", Popularity: 9_000, Topics: []uint16{1}}}}
	src.Policy.FloorPermille = 1000
	for _, class := range []pack.Class{pack.Night, pack.Weekday, pack.Phone, pack.Region1, pack.ReferrerMail} {
		src.Priors = append(src.Priors, pack.Prior{Class: class, Topic: 0, Multiplier: 10}, pack.Prior{Class: class, Topic: 1, Multiplier: 0.1})
	}
	got := popularity(t, open(t, src), core.Context{Daypart: pack.Night, Day: pack.Weekday, Device: pack.Phone, Region: pack.Region1, Referrer: pack.ReferrerMail})
	assert.InDelta(t, 16, got[1], 0.1)
	assert.InDelta(t, 1./16, got[2], 0.001)
}

// TestPopularInContext: what nobody would see far down the list comes up where the context wants it.
func TestPopularInContext(t *testing.T) {
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 4, Layer: 1}, {Name: "three", Kinds: pack.AllKinds, Size: 4, Layer: 1, MinTopics: 3}},
		Policy: pack.DefaultPolicy(), Topics: []pack.Topic{{Name: "plenty", Parent: pack.NoTopic}, {Name: "few", Parent: pack.NoTopic}, {Name: "one", Parent: pack.NoTopic}},
		Priors: []pack.Prior{{Class: pack.Evening, Topic: 1, Multiplier: 12}}}
	for i := range 300 {
		topic := uint16(0)
		if i >= 250 {
			topic = 1
		}
		if i == 299 {
			topic = 2
		}
		src.Items = append(src.Items, pack.Item{ID: string(rune('0' + i)), Popularity: uint16(3_000 - i), Topics: []uint16{topic}})
	}
	e := open(t, src)
	evening := home(0, 1, 0)
	evening.Context.Daypart = pack.Evening
	assert.Equal(t, []uint32{0, 1, 2, 3}, list(t, e, new(core.Session), home(0, 1, 0)))
	assert.Equal(t, []uint32{250, 251, 252, 253}, list(t, e, new(core.Session), evening))
	assert.Equal(t, []uint32{0, 1, 250, 299}, list(t, e, new(core.Session), home(1, 1, 0)), "room for the topics asked for")
	evening.Slot = 1
	assert.Equal(t, []uint32{250, 251, 0, 299}, list(t, e, new(core.Session), evening))
}

func TestEmptyShop(t *testing.T) {
	e := open(t, pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 4, Layer: 3, MinTopics: 2}}, Policy: pack.DefaultPolicy()})
	s := visit(t, e, core.NewSignal(core.View, 0), core.NewSignal(core.View, 0), core.NewSignal(core.View, 0))
	for layer := uint8(1); layer <= 3; layer++ {
		assert.Empty(t, suggest(t, e, s, home(0, layer, 60_000)).Suggestions)
	}
	lists := faces(t, e, home(0, 2, 0))
	require.Len(t, lists, 1)
	assert.Empty(t, lists[0].Suggestions)
}

// TestShopWithoutNumbers: no popularity, no rows, no topics: the smallest ids.
func TestShopWithoutNumbers(t *testing.T) {
	src := pack.Source{Slots: []pack.Slot{{Name: "s", Kinds: pack.AllKinds, Size: 4, Layer: 3, MinTopics: 2}}, Policy: pack.DefaultPolicy()}
	for i := range 9 {
		src.Items = append(src.Items, pack.Item{ID: string(rune('0' + i))})
	}
	e := open(t, src)
	assert.Equal(t, []uint32{0, 1, 2, 3}, list(t, e, new(core.Session), home(0, 1, 0)))
	assert.Equal(t, []uint32{0, 1, 3, 4}, list(t, e, new(core.Session), at(2, 0, 1, 0)))
	assert.Len(t, faces(t, e, at(2, 0, 2, 0)), 1)
}
