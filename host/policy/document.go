package policy

import (
	"bytes"
	"encoding/json"
	"io"
	"math"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Schema is the version of the document's own format.
const Schema = 1

// Document is what a site's suggestions do with a visit. SCHEMA.md says what each field means; names carry their units.
type Document struct {
	Schema int    `json:"schema"`
	Site   string `json:"site,omitempty"`
	// Layers are how much of a visit may count: 1 to 3.
	Layers [3]Layer `json:"layers"`
	// Signals are all kinds that there are, declared or not.
	Signals   []Signal  `json:"signals"`
	Time      Time      `json:"time"`
	Shown     Shown     `json:"shown"`
	Slots     []Slot    `json:"slots"`
	Sensitive Sensitive `json:"sensitive"`
	// Never are claims, each with the tests that show it.
	Never []Claim `json:"never"`
	// Edge is what of a request counts where pages come with their suggestions filled in; nil where they do not, or where only the pack
	// is known.
	Edge *Edge `json:"edge,omitempty"`
	// Settings are the policy in the configuration's words.
	Settings Settings `json:"policy"`

	// wishes says that what a visitor declares makes a list of its own at layer 2, on the page where it is declared.
	wishes bool
}

// Layer is how much of a visit may count.
type Layer struct {
	Layer int `json:"layer"`
	// Allowed says that the site allows it.
	Allowed bool `json:"allowed"`
	// Counts is what lists follow.
	Counts Counts `json:"counts"`
	// Kept is where the browser keeps the visit between pages, KeptUntil until when.
	Kept      string `json:"kept"`
	KeptUntil string `json:"kept_until,omitempty"`
}

// Counts is what lists follow at a layer.
type Counts string

// What lists can follow.
const (
	CountsPage  Counts = "page-and-moment"         // nothing of the visit
	CountsLists Counts = "visit-picks-among-lists" // the visit picks one of a page's public lists
	CountsVisit Counts = "visit"                   // all of it
)

// Where a visit can be kept, and until when: as web/src/store.ts does.
const (
	keptNowhere = "nowhere"
	keptInTab   = "sessionStorage"
	keptLonger  = "localStorage"

	untilTabCloses = "tab-closes"
	untilRevoked   = "visitor-revokes"
)

// Time is how soon and for how long a signal counts.
type Time struct {
	SettleMs uint32 `json:"settle_ms"`
	// NextPage says that a signal also waits for the next page: it always does.
	NextPage   bool   `json:"settles_with_next_page"`
	HalfLifeMs uint32 `json:"half_life_ms"`
	// SpentMs is when nothing is left of a signal; 0 is never.
	SpentMs uint64 `json:"spent_after_ms"`
	// ItemsCounted is how many of the items viewed last count.
	ItemsCounted      int `json:"items_counted"`
	FirstPagesGeneral int `json:"first_pages_general"`
	// TopicRestsAfterPages is on how many pages a topic is shown in vain before it steps back; 0 is never.
	TopicRestsAfterPages int `json:"topic_rests_after_pages"`
}

// Shown is what lists can tell of a visit at layer 2.
type Shown struct {
	ListsPerSlotMax int     `json:"lists_per_slot_max"`
	BitsPerListMax  float64 `json:"bits_per_list_max"`
	BitsPerVisitMax int     `json:"bits_per_visit_max"`
}

// Slot is a place for suggestions.
type Slot struct {
	Name           string   `json:"slot"`
	LayerMax       int      `json:"layer_max"`
	Kinds          []string `json:"kinds"`
	Suggestions    int      `json:"suggestions"`
	RepeatsWelcome bool     `json:"repeats_welcome"`
	TopicsMin      int      `json:"topics_min"`
}

// Sensitive is what never counts, and what no page but those about the same suggests.
type Sensitive struct {
	Items int `json:"items"`
	// Topics are those of which all is sensitive, by path; topics below them are not named.
	Topics []string `json:"topics"`
	// Lists are nil where only the pack is known.
	Lists *Lists `json:"lists,omitempty"`
}

// Edge is what of a request counts before a page is sent.
type Edge struct {
	// Classes are what counts: of "moment", "device", "region", "referrer" and "language" those that do.
	Classes []string `json:"classes"`
	// VariantsMax is how many variants a page has at most.
	VariantsMax int `json:"variants_max"`
}

// Settings are a policy in the words of a configuration's "policy".
type Settings struct {
	MaxLayer          uint8      `json:"max_layer"`
	Faces             uint8      `json:"faces"`
	Bits              uint8      `json:"bits"`
	FirstPages        uint8      `json:"first_pages"`
	Signals           []string   `json:"signals"`
	SettleMs          uint32     `json:"settle_ms"`
	HalfLifeMs        uint32     `json:"half_life_ms"`
	FatigueShown      uint8      `json:"fatigue_shown"`
	FloorPermille     uint16     `json:"floor_permille"`
	HopPermille       uint16     `json:"hop_permille"`
	RepeatPermille    uint16     `json:"repeat_permille"`
	FaceVisits        uint8      `json:"face_visits"`
	FaceSharePermille uint16     `json:"face_share_permille"`
	Recency           [16]uint16 `json:"recency"`
	RepeatRecency     [16]uint16 `json:"repeat_recency"`
	TopicRecency      uint8      `json:"topic_recency"`
	// KindMix has by mode how much it wants each kind, in 16ths.
	KindMix map[string]map[string]uint8 `json:"kind_mix"`
}

// Of returns the document of a pack.
func Of(p *pack.Pack) Document {
	d := Document{Schema: Schema, Site: string(p.Site()), Slots: []Slot{}}
	policy := p.Policy()
	slotLayer := uint8(1)
	for k := range p.Slots() {
		s := p.Slot(k)
		slotLayer = max(slotLayer, s.Layer)
		d.Slots = append(d.Slots, Slot{string(p.SlotName(k)), int(s.Layer), kindNames(s.Kinds), int(s.Size), s.Repeats, int(s.MinTopics)})
	}
	d.Layers = layersOf(policy, slotLayer)
	d.wishes = policy.MaxLayer >= 2 && slotLayer >= 2 && policy.Signals>>core.View&1 == 1 && policy.Signals>>core.Preference&1 == 1
	d.Signals = signalsOf(policy, d.counts(), d.wishes)
	d.Time = timeOf(policy)
	d.Shown = Shown{int(policy.Faces), math.Round(1000*math.Log2(float64(policy.Faces))) / 1000, int(policy.Bits)}
	d.Sensitive = sensitiveOf(p)
	d.Settings = settingsOf(policy)
	d.Never = neverOf(&d)
	return d
}

// layersOf says what lists follow at each layer where slots work at slotLayer at most. A signal settles with the next page view, and
// the first views stay general, so without views layer 2 never works.
func layersOf(p *pack.Policy, slotLayer uint8) [3]Layer {
	layers := [3]Layer{
		{Layer: 1, Allowed: true, Counts: CountsPage, Kept: keptNowhere},
		{Layer: 2, Allowed: p.MaxLayer >= 2, Counts: CountsPage, Kept: keptInTab, KeptUntil: untilTabCloses},
		{Layer: 3, Allowed: p.MaxLayer >= 3, Counts: CountsPage, Kept: keptLonger, KeptUntil: untilRevoked},
	}
	if slotLayer >= 2 && p.Faces > 1 && p.Bits > 0 && p.Signals>>core.View&1 == 1 {
		layers[1].Counts = CountsLists
		layers[2].Counts = CountsLists // in slots that go no further
	}
	if slotLayer >= 3 {
		layers[2].Counts = CountsVisit
	}
	return layers
}

// counts reports whether a visit counts at some layer that the site allows.
func (d *Document) counts() bool {
	return d.picks() || d.full()
}

// picks reports whether a visit picks among public lists at layer 2.
func (d *Document) picks() bool { return d.Layers[1].Allowed && d.Layers[1].Counts == CountsLists }

// full reports whether all of a visit counts for visitors who choose that.
func (d *Document) full() bool { return d.Layers[2].Allowed && d.Layers[2].Counts == CountsVisit }

// spentHalfLives is after how many half-lives the engine's integers have nothing left of a signal.
const spentHalfLives = 8

func timeOf(p *pack.Policy) Time {
	t := Time{
		SettleMs: p.SettleMs, NextPage: true, HalfLifeMs: p.HalfLifeMs, SpentMs: spentHalfLives * uint64(p.HalfLifeMs),
		FirstPagesGeneral: int(p.FirstPages), TopicRestsAfterPages: int(p.FatigueShown),
	}
	for k, weight := range p.Recency {
		if weight > 0 {
			t.ItemsCounted = k + 1
		}
	}
	return t
}

func sensitiveOf(p *pack.Pack) Sensitive {
	s := Sensitive{Topics: []string{}}
	for item := range p.Items() {
		if p.Sensitive(item) {
			s.Items++
		}
	}
	for topic := range p.Topics() {
		if parent := p.TopicParent(topic); p.TopicSensitive(topic) && (parent == pack.NoTopic || !p.TopicSensitive(parent)) {
			s.Topics = append(s.Topics, topicPath(p, topic))
		}
	}
	return s
}

func topicPath(p *pack.Pack, topic uint16) string {
	path := string(p.TopicName(topic))
	for topic = p.TopicParent(topic); topic != pack.NoTopic; topic = p.TopicParent(topic) {
		path = string(p.TopicName(topic)) + " > " + path
	}
	return path
}

func settingsOf(p *pack.Policy) Settings {
	s := Settings{
		MaxLayer: p.MaxLayer, Faces: p.Faces, Bits: p.Bits, FirstPages: p.FirstPages, Signals: []string{}, SettleMs: p.SettleMs,
		HalfLifeMs: p.HalfLifeMs, FatigueShown: p.FatigueShown, FloorPermille: p.FloorPermille, HopPermille: p.HopPermille,
		RepeatPermille: p.RepeatPermille, FaceVisits: p.FaceVisits, FaceSharePermille: p.FaceSharePermille,
		TopicRecency: p.Intent.TopicRecency, KindMix: map[string]map[string]uint8{},
	}
	for m := range p.Intent.KindMix {
		wanted := map[string]uint8{}
		for k, sixteenths := range p.Intent.KindMix[m] {
			wanted[pack.Kind(k).String()] = sixteenths
		}
		s.KindMix[core.Mode(m).String()] = wanted
	}
	for k := core.View; k < core.SignalCount; k++ {
		if p.Signals>>k&1 == 1 {
			s.Signals = append(s.Signals, k.String())
		}
	}
	for k := range p.Recency {
		s.Recency[k], s.RepeatRecency[k] = uint16(p.Recency[k]), uint16(p.RepeatRecency[k])
	}
	return s
}

func kindNames(kinds pack.Kinds) []string {
	names := []string{}
	for k := pack.Kind(0); k < pack.KindCount; k++ {
		if kinds.Has(k) {
			names = append(names, k.String())
		}
	}
	return names
}

// WriteJSON writes the document as indented JSON with a final newline.
func (d Document) WriteJSON(w io.Writer) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}
