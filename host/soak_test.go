package host

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/demo"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// soakVisits is how many visits are played to the native module, and a hundredth of it to the module under wazero. SOAK sets it.
func soakVisits(t *testing.T) int {
	if text := os.Getenv("SOAK"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err, "SOAK")
		return n
	}
	if testing.Short() {
		return 500
	}
	return 2_000
}

// demoPack returns the demo shop's pack.
func demoPack(t *testing.T) []byte {
	t.Helper()
	items, err := demo.Items()
	require.NoError(t, err)
	cfg, err := build.ReadConfig(bytes.NewReader(demo.Config()), "the demo shop")
	require.NoError(t, err)
	src, _, err := build.Source(context.Background(), items, cfg, build.Options{})
	require.NoError(t, err)
	b, err := pack.Write(src)
	require.NoError(t, err)
	return b
}

// TestSensitiveSoak plays visits twice: once as they are, and once soaked with sensitive pages and signals of every kind, with what those pages
// suggest, and with what the script tells of them. Every reply, intent and saved visit is the same, byte for byte; but for that the newest
// page is a sensitive one, as long as it is.
func TestSensitiveSoak(t *testing.T) {
	visits, start, all := soakVisits(t), time.Now(), soakCounts{}
	for _, p := range []struct {
		name    string
		percent int // of the visits: those to large packs take longer
		pack    func(visit int) []byte
	}{
		{"tiny", 48, func(int) []byte { return abitest.Pack("tiny") }},
		{"random", 48, func(k int) []byte { return abitest.Random(uint64(k)) }},
		{"shop", 2, func(int) []byte { return abitest.Pack("shop") }},
		{"demo", 2, func(int) []byte { return demoPack(t) }},
	} {
		for _, machine := range []string{"native", "wazero"} {
			t.Run(p.name+"/"+machine, func(t *testing.T) {
				n := visits * p.percent / 100
				if machine == "wazero" {
					n = max(n/100, 1)
				}
				counts := soakCounts{}
				for k := 0; counts.visits < n; k++ {
					s := newSoaker(t, p.pack(k), machine == "wazero", uint64(k))
					if len(s.items[1]) == 0 { // nothing to soak in
						continue
					}
					most := n
					if p.name == "random" {
						most = visitsToARandomPack
					}
					for s.visits < min(most, n-counts.visits) {
						s.visit()
					}
					counts.add(s.soakCounts)
				}
				t.Logf("%d visits, %d sensitive signals and %d lists of sensitive pages soaked into them, %d replies compared, %d of them at layer 2 or 3 after a soak",
					counts.visits, counts.signals, counts.lists, counts.compared, counts.personal)
				require.True(t, machine == "wazero" || counts.personal > 0)
				all.add(counts)
			})
		}
	}
	t.Logf("%d visits in %s: %d sensitive signals, %d lists of sensitive pages, %d replies compared, of which %d may be the visit's own",
		all.visits, time.Since(start).Round(time.Millisecond), all.signals, all.lists, all.compared, all.personal)
}

const visitsToARandomPack = 100

type soakCounts struct{ visits, signals, lists, compared, personal int }

func (c *soakCounts) add(o soakCounts) {
	c.visits, c.signals, c.lists, c.compared, c.personal = c.visits+o.visits, c.signals+o.signals, c.lists+o.lists, c.compared+o.compared, c.personal+o.personal
}

// soaker plays each visit on two modules.
type soaker struct {
	soakCounts
	t             *testing.T
	r             abitest.Rand
	pack          *pack.Pack
	plain, soaked instance
	// items and topics are those that are sensitive, and those that are not.
	items  [2][]uint32
	topics [2][]uint16
	words  []string // of names of sensitive topics and items

	nowMs   uint64
	context core.Context
	page    core.Request
	muted   bool // the soaked visit's newest page is sensitive
	wet     bool // the visit has met something sensitive
	message []byte
}

func newSoaker(t *testing.T, packBytes []byte, wasm bool, seed uint64) *soaker {
	s := &soaker{t: t, r: abitest.Rand(seed), plain: newNative(), soaked: newNative()}
	if wasm {
		machine, err := newMachine(ctx, Module(), t.TempDir(), false)
		require.NoError(t, err)
		t.Cleanup(func() { machine.close(ctx) })
		for _, in := range []*instance{&s.plain, &s.soaked} {
			*in, err = machine.instance(ctx)
			require.NoError(t, err)
		}
	}
	for _, in := range []instance{s.plain, s.soaked} {
		_, err := in.call(ctx, exportOpen, packBytes, 0)
		require.NoError(t, err)
	}
	var err error
	s.pack, err = pack.Open(packBytes)
	require.NoError(t, err)
	for i := range s.pack.Items() {
		s.items[sign(s.pack.Sensitive(i))] = append(s.items[sign(s.pack.Sensitive(i))], i)
	}
	for i := range s.pack.Topics() {
		s.topics[sign(s.pack.TopicSensitive(i))] = append(s.topics[sign(s.pack.TopicSensitive(i))], i)
	}
	for _, i := range s.items[1] {
		s.words = append(s.words, string(s.pack.Title(i)))
	}
	for _, i := range s.topics[1] {
		s.words = append(s.words, string(s.pack.TopicName(i)))
	}
	s.words = slices.DeleteFunc(s.words, func(text string) bool { return s.tells(text) })
	return s
}

// tells reports whether a word of a text is a term, which is of a topic that is not sensitive: "saddle" of a saddle for whom it hurts.
func (s *soaker) tells(text string) bool {
	for word, rest := pack.NextWord([]byte(text)); len(word) > 0; word, rest = pack.NextWord(rest) {
		if _, ok := s.pack.Term(pack.TermHash(word)); ok {
			return true
		}
	}
	return false
}

// sign is 1 of what is sensitive.
func sign(sensitive bool) int {
	if sensitive {
		return 1
	}
	return 0
}

func (s *soaker) item(sensitive int) uint32 {
	if sensitive == 0 {
		return s.items[0][s.r.Skewed(len(s.items[0]))]
	}
	return s.items[1][s.r.N(len(s.items[1]))]
}

// topic returns a topic, or none where there is none.
func (s *soaker) topic(sensitive int) uint16 {
	if len(s.topics[sensitive]) == 0 {
		return pack.NoTopic
	}
	return s.topics[sensitive][s.r.N(len(s.topics[sensitive]))]
}

// visit plays a visit of up to eight pages on both modules.
func (s *soaker) visit() {
	r := &s.r
	s.visits++
	for _, in := range []instance{s.plain, s.soaked} {
		s.call(in, exportReset, nil)
	}
	s.nowMs, s.muted, s.wet = uint64(r.N(1_000_000)), false, false
	s.context = core.Context{Daypart: pack.Night + pack.Class(r.N(4)), Device: pack.Phone + pack.Class(r.N(3)), Language: uint8(r.N(int(s.pack.Languages()) + 1))}
	for range 2 + r.N(7) {
		if r.Chance(40) {
			s.soakPage()
		}
		s.open()
		for range r.N(4) {
			if r.Chance(30) {
				s.soakSignals(1 + r.N(3))
			}
			s.both(s.signal(0, true))
		}
		s.compare()
		if r.Chance(20) {
			s.soakPage()
			for range r.N(3) { // what is said of things by name counts on whatever page
				s.both(s.signal(0, false))
			}
			s.compare()
		}
	}
}

// wait lets time pass, and now and then run back.
func (s *soaker) wait(most int) {
	if s.r.Chance(5) {
		s.nowMs -= min(s.nowMs, uint64(s.r.N(20_000)))
	}
	s.nowMs += uint64(s.r.N(most))
}

// open opens a page that is not sensitive.
func (s *soaker) open() {
	s.wait(60_000)
	view := core.NewSignal(core.View, s.nowMs)
	switch {
	case s.r.Chance(80):
		view.Item = s.item(0)
	case s.r.Chance(60):
		view.Topic = s.topic(0)
	}
	s.page = core.Request{Item: view.Item, Topic: view.Topic}
	s.both(view)
	s.muted = false
}

// signal returns a signal about something sensitive, or about something that is not. Passive ones are of the page that is open.
func (s *soaker) signal(sensitive int, passive bool) core.Signal {
	r := &s.r
	sig := core.NewSignal(core.Search, s.nowMs)
	k := 3 + r.N(11)
	if passive && sensitive == 0 {
		k = r.N(14)
	}
	switch k {
	case 0:
		sig.Kind, sig.Value = core.Engaged, uint32(r.N(90_000))
	case 1:
		sig.Kind, sig.Value = core.Scroll, uint32(r.N(101))
	case 2:
		sig.Kind, sig.Item = core.Shown, s.item(0)
	case 3:
		if sig.Text = []byte("word" + strconv.Itoa(r.N(40))); sensitive == 1 {
			sig.Text = []byte("nothing")
			if len(s.words) > 0 {
				sig.Text = append(sig.Text, " "+s.words[r.N(len(s.words))]...)
			}
		}
	case 4, 5:
		if sig.Topic = s.topic(sensitive); sig.Topic == pack.NoTopic {
			sig.Text = []byte("nothing")
		} else if k == 5 {
			sig.Kind = core.Filter
		}
	case 6:
		if sig.Topic = s.topic(sensitive); sig.Topic == pack.NoTopic {
			sig.Text = []byte("nothing")
		} else {
			sig.Kind, sig.Value = core.Preference, uint32(r.N(101))
		}
		if facets := int(s.pack.Facets()); sensitive == 0 && facets > 0 && sig.Kind == core.Preference && r.Chance(40) {
			sig.Topic = pack.FirstFacet + uint16(r.N(facets))
		}
	case 7:
		sig.Kind, sig.Topic = core.Dismissed, s.topic(sensitive)
		if sig.Topic == pack.NoTopic {
			sig.Item = s.item(sensitive)
		}
	default: // basket-add to dismissed
		sig.Kind, sig.Item = core.BasketAdd+core.SignalKind(k-8), s.item(sensitive)
		if sensitive == 0 && sig.Kind == core.Shown && !passive {
			sig.Kind = core.Chosen
		}
	}
	if sensitive == 1 && sig.Item != pack.NoItem && r.Chance(20) {
		sig.Topic = s.topic(0) // whatever else it names
	}
	return sig
}

// soakSignals adds signals about something sensitive to the soaked visit alone.
func (s *soaker) soakSignals(n int) {
	for range n {
		sig := s.signal(1, false)
		s.soak(sig)
	}
}

// soakPage opens a sensitive page in the soaked visit alone, asks what its slots hold, and tells what the script would: how long it was
// open, how far it was read, and what was seen of its lists.
func (s *soaker) soakPage() {
	r := &s.r
	at := s.nowMs
	defer func() { s.nowMs = at }()
	s.wait(3 * 3_600_000)
	view := core.NewSignal(core.View, s.nowMs)
	if view.Topic = s.topic(1); view.Topic == pack.NoTopic || r.Chance(70) {
		view.Item, view.Topic = s.item(1), pack.NoTopic
	}
	s.soak(view)
	s.muted = true
	for range 1 + r.N(2) {
		reply, err := abi.DecodeReply(s.ask(s.soaked, core.Request{Item: view.Item, Topic: view.Topic}))
		require.NoError(s.t, err)
		require.Equal(s.t, uint8(1), reply.Layer)
		s.lists++
		for _, x := range reply.Suggestions {
			shown := core.NewSignal(core.Shown, s.nowMs)
			shown.Item = x.Item
			s.soak(shown)
		}
	}
	engaged, scroll := core.NewSignal(core.Engaged, s.nowMs), core.NewSignal(core.Scroll, s.nowMs)
	engaged.Value, scroll.Value = uint32(r.N(90_000)), uint32(r.N(101))
	s.soak(engaged)
	s.soak(scroll)
	s.soakSignals(r.N(3))
}

func (s *soaker) soak(sig core.Signal) {
	s.wet = true
	s.signals++
	outcomes, err := abi.DecodeOutcomes(nil, s.observe(s.soaked, sig))
	require.NoError(s.t, err)
	require.NotEqual(s.t, core.Counted, outcomes[0], "%+v", sig)
}

func (s *soaker) both(sig core.Signal) {
	require.Equal(s.t, s.observe(s.plain, sig), s.observe(s.soaked, sig), "%+v", sig)
}

func (s *soaker) observe(in instance, sig core.Signal) []byte {
	s.message = abi.AppendSignals(s.message[:0], []core.Signal{sig})
	return bytes.Clone(s.call(in, exportObserve, s.message))
}

// ask asks for a list of a page.
func (s *soaker) ask(in instance, page core.Request) []byte {
	page.NowMs, page.Context = s.nowMs, s.context
	page.Layer, page.Slot = 1+uint8(s.nowMs%3), uint8(s.nowMs/3%uint64(s.pack.Slots()))
	page.Explain, page.Public = s.nowMs/5%4 == 0, s.nowMs/7%8 == 0
	s.message = abi.AppendRequest(s.message[:0], page)
	return s.call(in, exportSuggest, s.message)
}

// compare asks both modules the same, and requires the same of both.
func (s *soaker) compare() {
	for range 1 + s.r.N(2) {
		s.wait(40_000)
		want := bytes.Clone(s.ask(s.plain, s.page))
		got := s.ask(s.soaked, s.page)
		require.Equal(s.t, want, got, "a reply about %+v", s.page)
		reply, err := abi.DecodeReply(want)
		require.NoError(s.t, err)
		s.compared++
		if reply.Layer > 1 && s.wet {
			s.personal++
		}
	}
	moment := abi.AppendMoment(nil, s.nowMs)
	require.Equal(s.t, bytes.Clone(s.call(s.plain, exportIntent, moment)), s.call(s.soaked, exportIntent, moment), "the intent")
	want, got := bytes.Clone(s.call(s.plain, exportSave, nil)), bytes.Clone(s.call(s.soaked, exportSave, nil))
	if s.muted { // which is saved, in the byte that ABI.md names, and so in the checksum
		require.Equal(s.t, byte(1), got[3])
		want, got = want[:len(want)-4], got[:len(got)-4]
		got[3] = 0
	}
	require.Equal(s.t, want, got, "the visit as it is saved")
}

func (s *soaker) call(in instance, e export, message []byte) []byte {
	reply, err := in.call(ctx, e, message, 0)
	require.NoError(s.t, err)
	return reply
}
