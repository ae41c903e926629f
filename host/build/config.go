package build

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	tone "github.com/nabij/nabij/host/copy"
	"github.com/nabij/nabij/host/learn"
	"github.com/nabij/nabij/host/sensitive"
)

// Config is what a site says about its suggestions. The zero value is a site that says nothing: see DefaultSlots and
// pack.DefaultPolicy.
type Config struct {
	// Site names the site, usually its origin.
	Site string
	// Language is the BCP 47 tag of items that name none, Currency the ISO 4217 code of prices that name none.
	Language, Currency string
	// Slots are the places to fill; none means DefaultSlots.
	Slots []pack.Slot
	// Policy is what the engine may do; nil means pack.DefaultPolicy.
	Policy *pack.Policy
	// SensitiveTopics are paths of topics, from the root, whose items and subtopics are never a signal and never
	// suggested from behaviour; SensitiveItems are ids of such items.
	SensitiveTopics [][]string
	SensitiveItems  []string
	// SensitiveWords are phrases that mark what has them in its title or name, beside the lists of host/sensitive, which are always in force;
	// SensitiveExceptions take something out of these lists, each with a reason that is published.
	SensitiveWords      []string
	SensitiveExceptions []sensitive.Exception
	// Priors change how likely a topic is in a context. They go before what was learnt of the topic, and of those below it.
	Priors []ConfigPrior
	// Facets says what visitors may ask for beside topics; nil means DefaultFacets.
	Facets *Facets
	// Regions are groups of countries, as ISO 3166 codes of two capital letters: those of the first are of class region-1, and so on to
	// region-8. See RegionClasses.
	Regions [][]string
	// LintAllow are findings of nabij lint that the site lets be; a build takes nothing from them.
	LintAllow []*tone.Allowance
}

// ConfigPrior multiplies the prior of a topic's items by Multiplier where the context has the class.
type ConfigPrior struct {
	Class pack.Class
	// Topic is a path from the root.
	Topic      []string
	Multiplier float64
}

// MaxMultiplier is the most that a prior may raise a topic by; one in MaxMultiplier is the most it may lower it.
const MaxMultiplier = learn.MaxMultiplier

// maxExceptions bounds the exceptions of a configuration.
const maxExceptions = 1000

// maxConfigBytes bounds what ReadConfig reads.
const maxConfigBytes = 4 << 20

// TopicSeparator stands between the topics of a path in a configuration, spaces around it not counted.
const TopicSeparator = ">"

// DefaultSlots returns the slots of a site that names none, the general one first.
func DefaultSlots() []pack.Slot {
	content := pack.KindsOf(pack.KindArticle, pack.KindGuide, pack.KindReview, pack.KindComparison)
	return []pack.Slot{
		{Name: "suggestions", Kinds: pack.KindsOf(pack.KindProduct) | content, Size: 6, Layer: 3, MinTopics: 2},
		{Name: "related", Kinds: pack.KindsOf(pack.KindProduct), Size: 6, Layer: 3, MinTopics: 1},
		{Name: "guides", Kinds: content, Size: 3, Layer: 3, MinTopics: 1},
		{Name: "help", Kinds: pack.KindsOf(pack.KindHelp, pack.KindGuide), Size: 3, Layer: 3, MinTopics: 1},
		{Name: "basket", Kinds: pack.KindsOf(pack.KindProduct), Size: 4, Layer: 3, Repeats: true, MinTopics: 1},
		{Name: "continue", Kinds: pack.AllKinds &^ pack.KindsOf(pack.KindHelp, pack.KindCategory), Size: 4, Layer: 3,
			Repeats: true, MinTopics: 1},
	}
}

// ErrConfig is wrapped by every error of ReadConfig that speaks of what the file says.
var ErrConfig = errors.New("configuration")

// ReadConfig reads a configuration in JSON. name is for messages. Unknown, repeated and wrongly typed fields are
// refused: the error names every fault by its field's path, what was found and what is allowed, one a line.
func ReadConfig(r io.Reader, name string) (Config, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxConfigBytes+1))
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxConfigBytes {
		return Config{}, fmt.Errorf("%w %s: longer than %d bytes", ErrConfig, name, maxConfigBytes)
	}
	c, faults := parseConfig(data)
	if len(faults) > 0 {
		return Config{}, fmt.Errorf("%w %s:\n  %s", ErrConfig, name, strings.Join(faults, "\n  "))
	}
	return c, nil
}

func parseConfig(data []byte) (Config, []string) {
	var c Config
	root := openObject(data)
	root.text("site", 255, &c.Site)
	if u, err := url.Parse(c.Site); strings.Contains(c.Site, "://") && (err != nil || u.Host == "") {
		root.fault("site", "got %q, want an address such as \"https://shop.example\"", c.Site)
	}
	root.text("language", 35, &c.Language)
	c.Language = strings.ToLower(c.Language)
	if root.text("currency", 3, &c.Currency); c.Currency != "" && !isCurrency(c.Currency) {
		root.fault("currency", "got %q, want three capital letters such as \"EUR\"", c.Currency)
	}
	root.each("slots", pack.MaxSlots, func(s *object) { c.Slots = append(c.Slots, s.slot(c.Slots)) })
	if p := root.object("policy"); p != nil {
		policy := p.policy()
		c.Policy = &policy
	}
	root.texts("sensitive_topics", func(path, s string) {
		if p := splitPath(s); p != nil {
			c.SensitiveTopics = append(c.SensitiveTopics, p)
		} else {
			root.faultAt(path, "got %q, want a path such as \"Health > Care\"", s)
		}
	})
	root.texts("sensitive_items", func(_, s string) { c.SensitiveItems = append(c.SensitiveItems, s) })
	root.texts("sensitive_words", func(path, s string) {
		if sensitive.ValidWord(s) {
			c.SensitiveWords = append(c.SensitiveWords, s)
		} else {
			root.faultAt(path, "got %q, want words such as \"blood sugar\", or at least three letters and a star", s)
		}
	})
	root.each("sensitive_exceptions", maxExceptions, func(o *object) { c.SensitiveExceptions = append(c.SensitiveExceptions, o.exception()) })
	root.each("priors", 1<<16, func(o *object) { c.Priors = append(c.Priors, o.prior()) })
	if f := root.object("facets"); f != nil {
		facets := f.facets()
		c.Facets = &facets
	}
	c.Regions = root.regions("regions")
	if lint := root.object("lint"); lint != nil {
		lint.each("allow", maxAllowances, func(o *object) { c.LintAllow = append(c.LintAllow, o.allowance()) })
		lint.close()
	}
	root.close()
	return c, root.all.list
}

// slot reads one slot; before are those that stand before it.
func (o *object) slot(before []pack.Slot) pack.Slot {
	s := pack.Slot{Kinds: pack.AllKinds &^ pack.KindsOf(pack.KindHelp, pack.KindCategory), Size: 6, Layer: 3, MinTopics: 1}
	o.text("name", 64, &s.Name)
	if s.Name == "" {
		o.fault("name", "want a name, as the page's slot has it")
	}
	for _, b := range before {
		if b.Name == s.Name && s.Name != "" {
			o.fault("name", "%q is the name of an earlier slot", s.Name)
			break
		}
	}
	if o.has("kinds") {
		s.Kinds = 0
		o.texts("kinds", func(path, name string) {
			k, ok := pack.ParseKind(name)
			if !ok {
				o.faultAt(path, "got %q, want one of %s", name, kindNames())
				return
			}
			s.Kinds |= pack.KindsOf(k)
		})
		if s.Kinds == 0 {
			o.fault("kinds", "want at least one of %s", kindNames())
		}
	}
	s.Size = uint8(o.integer("size", int64(s.Size), 1, pack.MaxSlotSize))
	s.Layer = uint8(o.integer("layer", int64(s.Layer), 1, 3))
	o.boolean("repeats", &s.Repeats)
	s.MinTopics = uint8(o.integer("min_topics", int64(s.MinTopics), 0, pack.MaxSlotSize))
	if s.MinTopics > s.Size {
		o.fault("min_topics", "got %d, more than the %d suggestions of the slot", s.MinTopics, s.Size)
	}
	o.close()
	return s
}

// policy reads a policy; what it does not name is the default's.
func (o *object) policy() pack.Policy {
	p := pack.DefaultPolicy()
	p.MaxLayer = uint8(o.integer("max_layer", int64(p.MaxLayer), 1, 3))
	p.Faces = uint8(o.integer("faces", int64(p.Faces), 1, 8))
	if p.Faces&(p.Faces-1) != 0 {
		o.fault("faces", "got %d, want 1, 2, 4 or 8", p.Faces)
	}
	p.Bits = uint8(o.integer("bits", int64(p.Bits), 0, 32))
	p.FirstPages = uint8(o.integer("first_pages", int64(p.FirstPages), 0, math.MaxUint8))
	if o.has("signals") {
		p.Signals = 0
		o.texts("signals", func(path, name string) {
			k, ok := core.ParseSignalKind(name)
			if !ok {
				o.faultAt(path, "got %q, want one of %s", name, signalNames())
				return
			}
			p.Signals |= 1 << k
		})
	}
	p.SettleMs = uint32(o.integer("settle_ms", int64(p.SettleMs), 0, math.MaxUint32))
	p.HalfLifeMs = uint32(o.integer("half_life_ms", int64(p.HalfLifeMs), 0, math.MaxUint32))
	p.FatigueShown = uint8(o.integer("fatigue_shown", int64(p.FatigueShown), 0, math.MaxUint8))
	p.FloorPermille = uint16(o.integer("floor_permille", int64(p.FloorPermille), 1, 1000))
	p.HopPermille = uint16(o.integer("hop_permille", int64(p.HopPermille), 0, 4000))
	p.RepeatPermille = uint16(o.integer("repeat_permille", int64(p.RepeatPermille), 0, 4000))
	p.FaceVisits = uint8(o.integer("face_visits", int64(p.FaceVisits), 1, pack.MaxFaceVisits))
	p.FaceSharePermille = uint16(o.integer("face_share_permille", int64(p.FaceSharePermille), 0, 1000))
	o.recency("recency", &p.Recency)
	if p.Recency[0] == 0 {
		o.fault("recency", "the first weight, of the newest view, is 0; want 1 to 255")
	}
	o.recency("repeat_recency", &p.RepeatRecency)
	p.Intent.TopicRecency = uint8(o.integer("topic_recency", int64(p.Intent.TopicRecency), 0, math.MaxUint8))
	if mix := o.object("kind_mix"); mix != nil {
		mix.kindMix(&p.Intent)
	}
	o.close()
	return p
}

// kindMix reads what modes want of kinds, in 16ths; what it does not name stays.
func (o *object) kindMix(in *pack.IntentPolicy) {
	for m := range in.KindMix {
		wanted := o.object(core.Mode(m).String())
		if wanted == nil {
			continue
		}
		for k := range in.KindMix[m] {
			v := &in.KindMix[m][k]
			*v = uint8(wanted.integer(pack.Kind(k).String(), int64(*v), 0, pack.MaxKindMix))
		}
		wanted.close()
	}
	o.close()
}

// facets reads what facets there are; what it does not name is the default's.
func (o *object) facets() Facets {
	f := DefaultFacets()
	f.Most = int(o.integer("most", int64(f.Most), 0, pack.MaxFacets))
	if o.has("attributes") {
		f.Attributes = []string{}
		o.texts("attributes", func(_, name string) { f.Attributes = append(f.Attributes, name) })
	}
	f.PriceBands = int(o.integer("price_bands", int64(f.PriceBands), 0, MaxPriceBands))
	o.boolean("kinds", &f.Kinds)
	o.close()
	return f
}

func (o *object) recency(name string, to *[16]uint8) {
	if !o.has(name) {
		return
	}
	*to = [16]uint8{}
	o.integers(name, 0, math.MaxUint8, len(to), func(i int, v int64) { to[i] = uint8(v) })
}

func (o *object) prior() ConfigPrior {
	var p ConfigPrior
	var class, topic string
	o.text("class", 64, &class)
	var ok bool
	if p.Class, ok = learn.ParseClass(class); !ok {
		o.fault("class", "got %q, want one of %s", class, classNames())
	}
	o.text("topic", pack.MaxString, &topic)
	if p.Topic = splitPath(topic); p.Topic == nil {
		o.fault("topic", "got %q, want a path such as \"Bikes > City bikes\"", topic)
	}
	p.Multiplier = o.number("multiplier", 1, 1.0/MaxMultiplier, MaxMultiplier)
	o.close()
	return p
}

// exception reads an exception from the lists of what is sensitive.
func (o *object) exception() sensitive.Exception {
	var x sensitive.Exception
	var category, topic string
	o.text("category", 64, &category)
	o.text("word", 256, &x.Word)
	x.Taxonomy = int(o.integer("taxonomy", 0, 1, math.MaxInt32))
	o.text("topic", pack.MaxString, &topic)
	o.text("item", pack.MaxString, &x.Item)
	o.text("reason", 4096, &x.Reason)
	named := 0
	for _, name := range []string{"category", "word", "taxonomy", "topic", "item"} {
		if o.has(name) {
			named++
		}
	}
	if named != 1 {
		o.faultAt(o.path, "names %d of category, word, taxonomy, topic and item, want one", named)
	}
	var ok bool
	if x.Category, ok = sensitive.ParseCategory(category); !ok && o.has("category") {
		o.fault("category", "got %q, want one of %s", category, categoryNames())
	}
	if o.has("word") && !sensitive.ValidWord(x.Word) {
		o.fault("word", "got %q, want words such as \"baby blue\", or at least three letters and a star", x.Word)
	}
	if x.Topic = splitPath(topic); x.Topic == nil && o.has("topic") {
		o.fault("topic", "got %q, want a path such as \"Bikes > Child seats\"", topic)
	}
	if o.has("item") && x.Item == "" {
		o.fault("item", "want the id of an item")
	}
	if x.Reason = strings.TrimSpace(x.Reason); x.Reason == "" {
		o.fault("reason", "want a reason in words: it is published, for whoever asks why")
	}
	o.close()
	return x
}

func categoryNames() string {
	var names []string
	for _, c := range sensitive.Categories() {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// splitPath returns the topics of a path, or nil when there is none or one is empty.
func splitPath(s string) []string {
	parts := strings.Split(s, TopicSeparator)
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); parts[i] == "" {
			return nil
		}
	}
	return parts
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := 0; i < 3; i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

func classNames() string {
	names := make([]string, 0, pack.ClassCount)
	for c := pack.Class(1); c < pack.ClassCount; c++ {
		names = append(names, c.String())
	}
	return strings.Join(names, ", ")
}

func kindNames() string {
	names := make([]string, pack.KindCount)
	for k := range names {
		names[k] = pack.Kind(k).String()
	}
	return strings.Join(names, ", ")
}

func signalNames() string {
	var names []string
	for k := core.View; k < core.SignalCount; k++ {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}
