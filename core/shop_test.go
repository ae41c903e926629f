package core_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Topics of the shop.
const (
	rainwear = uint16(iota)
	jackets  // below rainwear
	trousers // below rainwear
	bikes
	bags
	intimate // sensitive
	service
	overshoes // below rainwear
)

// Items of the shop, the most popular first.
const (
	cityBike = uint32(iota)
	blueJacket
	redJacket
	greenJacket
	rainTrousers
	pannier
	jacketGuide
	jacketReview
	jacketsCompared
	delivery
	returns
	fastBike
	oldBike // sold out
	cream   // sensitive
	backpack
	rainStory
	dutchJacket
	englishBag
	bell // of no topic
	handlebarBag
	rainCap
	shoeCovers
	kidsBike
	rack
	shopItems
)

// Slots of the shop.
const (
	related  = uint8(iota) // everything, up to layer 3
	mixed                  // four topics, layer 2
	products               // products alone, layer 2
	again                  // welcomes repeats
	general                // layer 1
)

var itemNames = [shopItems]string{"city-bike", "blue-jacket", "red-jacket", "green-jacket", "rain-trousers", "pannier", "jacket-guide",
	"jacket-review", "jackets-compared", "delivery", "returns", "fast-bike", "old-bike", "cream", "backpack", "rain-story",
	"dutch-jacket", "english-bag", "bell", "handlebar-bag", "cap", "shoe-covers", "kids-bike", "rack"}

// shop is a small shop with something of everything that the engine looks at.
func shop() pack.Source {
	root := pack.NoTopic
	src := pack.Source{
		Site:      "https://shop.example",
		Languages: []string{"en", "nl"},
		Topics: []pack.Topic{{Name: "Rainwear", Parent: root}, {Name: "Jackets", Parent: rainwear}, {Name: "Trousers", Parent: rainwear},
			{Name: "Bikes", Parent: root}, {Name: "Bags", Parent: root}, {Name: "Intimate", Parent: root, Sensitive: true},
			{Name: "Service", Parent: root}, {Name: "Overshoes", Parent: rainwear}},
		Terms: []pack.Term{{Word: "jacket", Topic: jackets}, {Word: "fiets", Topic: bikes}, {Word: "tas", Topic: bags}},
		Priors: []pack.Prior{{Class: pack.Phone, Topic: rainwear, Multiplier: 4}, {Class: pack.Phone, Topic: trousers, Multiplier: 0.25},
			{Class: pack.Evening, Topic: rainwear, Multiplier: 2}, {Class: pack.Weekend, Topic: bikes, Multiplier: 8}},
		Slots: []pack.Slot{{Name: "related", Kinds: pack.AllKinds, Size: 4, Layer: 3}, {Name: "mixed", Kinds: pack.AllKinds, Size: 6, Layer: 2, MinTopics: 4},
			{Name: "products", Kinds: pack.KindsOf(pack.KindProduct), Size: 4, Layer: 2}, {Name: "again", Kinds: pack.KindsOf(pack.KindProduct), Size: 3, Layer: 3, Repeats: true},
			{Name: "general", Kinds: pack.AllKinds, Size: 4, Layer: 1}},
		Policy: pack.DefaultPolicy(),
	}
	topics := [shopItems][]uint16{{bikes}, {jackets}, {jackets}, {jackets}, {trousers}, {bags}, {jackets, rainwear}, {jackets}, {jackets}, {service}, {service},
		{bikes}, {bikes}, {intimate}, {bags}, {rainwear}, {jackets}, {bags}, nil, {bags}, {rainwear}, {overshoes}, {bikes}, {bags, bikes}}
	kinds := map[uint32]pack.Kind{jacketGuide: pack.KindGuide, jacketReview: pack.KindReview, jacketsCompared: pack.KindComparison,
		delivery: pack.KindHelp, returns: pack.KindHelp, rainStory: pack.KindArticle}
	for i := range shopItems {
		src.Items = append(src.Items, pack.Item{ID: itemNames[i], Topics: topics[i], Kind: kinds[i], Popularity: uint16(60_000 / (i + 1))})
	}
	src.Items[oldBike].Availability = pack.OutOfStock
	src.Items[cream].Sensitive = true
	src.Items[dutchJacket].Language, src.Items[englishBag].Language = 2, 1
	src.Rows = make([]pack.Row, shopItems)
	row := func(item uint32, content bool, neighbours ...uint32) {
		src.Rows[item].FromContent = content
		for k, n := range neighbours {
			src.Rows[item].Neighbours = append(src.Rows[item].Neighbours, pack.Neighbour{Item: n, Weight: 8 / float64(k+1)})
		}
	}
	row(cityBike, false, pannier, bell, rack, fastBike, oldBike, kidsBike, handlebarBag, blueJacket)
	row(blueJacket, false, redJacket, rainTrousers, greenJacket, jacketReview, shoeCovers, jacketsCompared, dutchJacket, rainCap)
	row(redJacket, false, blueJacket, greenJacket, rainTrousers, jacketReview, jacketsCompared, jacketGuide, rainStory, rainCap)
	row(greenJacket, true, blueJacket, redJacket, dutchJacket)
	row(rainTrousers, false, shoeCovers, blueJacket, redJacket, rainCap, delivery, rainStory, backpack, pannier)
	row(pannier, false, rack, cityBike, handlebarBag, backpack, englishBag, bell, fastBike, kidsBike)
	row(fastBike, false, cityBike, bell, handlebarBag, rainCap, kidsBike, rack, oldBike, pannier)
	row(backpack, true, handlebarBag, pannier, englishBag)
	row(delivery, false, returns)
	src.TopicRows = make([]pack.Row, len(src.Topics))
	for topic, items := range map[uint16][]uint32{rainwear: {rainStory, rainCap, blueJacket, rainTrousers}, jackets: {blueJacket, redJacket, greenJacket, jacketGuide},
		bikes: {cityBike, fastBike, kidsBike, bell}, bags: {pannier, backpack, handlebarBag}, service: {delivery, returns}} {
		for k, item := range items {
			src.TopicRows[topic].Neighbours = append(src.TopicRows[topic].Neighbours, pack.Neighbour{Item: item, Weight: 8 - float64(k)})
		}
	}
	return src
}

func open(t testing.TB, src pack.Source) *core.Engine {
	t.Helper()
	data, err := pack.Write(src)
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	return core.NewEngine(p)
}

// openShop returns the shop's engine, the shop changed first unless change is nil.
func openShop(t testing.TB, change func(src *pack.Source)) *core.Engine {
	t.Helper()
	src := shop()
	if change != nil {
		change(&src)
	}
	return open(t, src)
}

// of is a signal about an item.
func of(kind core.SignalKind, atMs uint64, item uint32) core.Signal {
	sig := core.NewSignal(kind, atMs)
	sig.Item = item
	return sig
}

// about is a signal about a topic.
func about(kind core.SignalKind, atMs uint64, topic uint16) core.Signal {
	sig := core.NewSignal(kind, atMs)
	sig.Topic = topic
	return sig
}

// much is a signal of a value about the newest page.
func much(kind core.SignalKind, atMs uint64, value uint32) core.Signal {
	sig := core.NewSignal(kind, atMs)
	sig.Value = value
	return sig
}

func prefer(topic uint16, percent uint32) core.Signal {
	sig := about(core.Preference, 0, topic)
	sig.Value = percent
	return sig
}

func says(kind core.SignalKind, atMs uint64, text string) core.Signal {
	sig := core.NewSignal(kind, atMs)
	sig.Text = []byte(text)
	return sig
}

// failing is what tests and property tests have in common.
type failing interface {
	require.TestingT
	Helper()
}

// observe adds signals that all count.
func observe(t failing, e *core.Engine, s *core.Session, signals ...core.Signal) {
	t.Helper()
	for _, sig := range signals {
		outcome, err := e.Observe(s, &sig)
		require.Nil(t, err)
		require.Equal(t, core.Counted, outcome, "%v", sig)
	}
}

// visit is a session with signals that all count.
func visit(t failing, e *core.Engine, signals ...core.Signal) *core.Session {
	t.Helper()
	s := new(core.Session)
	observe(t, e, s, signals...)
	return s
}

// home is a request for a page about nothing.
func home(slot, layer uint8, nowMs uint64) core.Request {
	return core.Request{NowMs: nowMs, Slot: slot, Layer: layer, Item: pack.NoItem, Topic: pack.NoTopic}
}

// at is a request for an item's page.
func at(item uint32, slot, layer uint8, nowMs uint64) core.Request {
	req := home(slot, layer, nowMs)
	req.Item = item
	return req
}

// suggest returns the reply, its suggestions copied.
func suggest(t failing, e *core.Engine, s *core.Session, req core.Request) core.Reply {
	t.Helper()
	reply, err := e.Suggest(s, &req)
	require.Nil(t, err)
	own := *reply
	own.Suggestions = append([]core.Suggestion(nil), reply.Suggestions...)
	return own
}

// list returns the items that are suggested.
func list(t failing, e *core.Engine, s *core.Session, req core.Request) []uint32 {
	t.Helper()
	return itemsOf(suggest(t, e, s, req).Suggestions)
}

func itemsOf(suggestions []core.Suggestion) []uint32 {
	items := []uint32{}
	for _, x := range suggestions {
		items = append(items, x.Item)
	}
	return items
}

// faces returns the faces, their lists copied.
func faces(t failing, e *core.Engine, req core.Request) []core.Face {
	t.Helper()
	views, err := e.Faces(&req)
	require.Nil(t, err)
	var out []core.Face
	for _, f := range views {
		f.Suggestions = append([]core.Suggestion(nil), f.Suggestions...)
		out = append(out, f)
	}
	return out
}

func save(e *core.Engine, s *core.Session) string { return string(e.Save(s)) }
