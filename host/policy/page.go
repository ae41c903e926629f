package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Page is a document in words.
type Page struct {
	Language    Language
	Title, Lead string
	Sections    []Section
}

// Section is a part of a page. Its parts stand in the order of the fields.
type Section struct {
	// ID is the same in each language.
	ID, Heading string
	Paragraphs  []string
	Rows        []Row
	Points      []string
	// Technical says that visitors need not read it.
	Technical bool
}

// Row is a term and what there is to say of it.
type Row struct{ Term, Text string }

// Page returns the document in the words of a language.
func (d Document) Page(language Language) Page {
	w := wordsOf(language)
	p := Page{Language: language, Title: fmt.Sprintf(w.title, d.siteName(w)), Lead: w.lead}
	if !d.counts() {
		p.Lead = w.leadNothing
	}
	add := func(s Section) { p.Sections = append(p.Sections, s) }
	add(d.short(w))
	add(d.signals(w))
	if d.Edge != nil {
		add(d.edge(w))
	}
	if d.counts() {
		add(d.time(w))
	}
	add(d.layers(w))
	if d.picks() {
		add(d.shown(w))
	}
	add(d.sensitive(w))
	add(d.never(w))
	add(d.visible(w))
	add(d.questions(w))
	add(d.settings(w))
	return p
}

// siteName is the site's host, or words for it.
func (d Document) siteName(w *words) string {
	if d.Site == "" {
		return w.thisSite
	}
	_, name, ok := strings.Cut(d.Site, "://")
	if !ok {
		name = d.Site
	}
	return strings.TrimSuffix(name, "/")
}

// unless is the exception for those who declare something, and who chose layer 3, where these make a difference.
func (d Document) unless(w *words) string {
	switch {
	case d.wishes && d.full():
		return w.unlessBoth
	case d.wishes:
		return w.unlessWish
	case d.full():
		return w.unlessFull
	}
	return ""
}

// topicsNamed is how many sensitive topics a page names.
const topicsNamed = 12

func (d Document) short(w *words) Section {
	s := Section{ID: "short", Heading: w.short, Points: []string{w.shortHere}}
	switch {
	case !d.counts() && (d.used(core.Dismissed) || d.used(core.Preference)):
		s.Points = append(s.Points, w.shortSaid)
	case !d.counts():
		s.Points = append(s.Points, w.shortNothing)
	case !d.picks():
		s.Points = append(s.Points, w.shortOptIn)
	case d.full():
		s.Points = append(s.Points, w.shortTab, w.shortFull)
	case d.Layers[2].Allowed:
		s.Points = append(s.Points, w.shortTab, w.shortKept)
	default:
		s.Points = append(s.Points, w.shortTab)
	}
	return s
}

func (d Document) signals(w *words) Section {
	s := Section{ID: "signals", Heading: w.signals, Paragraphs: []string{w.context}}
	var unused []string
	for _, signal := range d.Signals {
		said := w.signal[signal.kind]
		if len(signal.Uses) == 0 {
			unused = append(unused, said.Term)
			continue
		}
		switch {
		case signal.kind == core.Shown:
			said.Text = fmt.Sprintf(said.Text, w.pages(d.Time.TopicRestsAfterPages))
		case signal.kind == core.Preference && !d.full():
			said.Text = w.wishHere
		case signal.kind == core.Preference && !d.wishes:
			said.Text = w.wishFull
		}
		s.Rows = append(s.Rows, said)
	}
	lead := w.signalsLead
	if len(s.Rows) == 0 {
		lead = w.signalsNothing
	} else if !d.counts() {
		lead = w.signalsSaid
	}
	s.Paragraphs = append(s.Paragraphs, lead)
	if d.counts() && len(unused) > 0 {
		s.Points = []string{fmt.Sprintf(w.signalsUnused, strings.Join(unused, "; "))}
	}
	return s
}

// edge is what of a request counts before the page is sent.
func (d Document) edge(w *words) Section {
	s := Section{ID: "edge", Heading: w.edge, Paragraphs: []string{w.edgeLead}}
	for _, class := range d.Edge.Classes {
		s.Points = append(s.Points, w.edgeClass[class])
	}
	if len(s.Points) == 0 {
		s.Paragraphs[0] = w.edgeNothing
	}
	s.Paragraphs = append(s.Paragraphs, fmt.Sprintf(w.edgeVariants, d.Edge.VariantsMax), w.edgeNever)
	if slices.ContainsFunc(d.Edge.Classes, func(class string) bool { return class == "region" || class == "referrer" }) {
		s.Paragraphs = append(s.Paragraphs, w.edgeControl)
	}
	return s
}

func (d Document) time(w *words) Section {
	s := Section{ID: "time", Heading: w.time}
	t := d.Time
	settle := w.settlePage
	if t.SettleMs > 0 {
		settle = fmt.Sprintf(w.settle, w.duration(uint64(t.SettleMs)))
	}
	s.Points = append(s.Points, settle)
	if d.picks() && t.FirstPagesGeneral > 0 {
		s.Points = append(s.Points, fmt.Sprintf(w.firstPages, t.FirstPagesGeneral+1, d.unless(w)))
	}
	if t.HalfLifeMs > 0 {
		s.Points = append(s.Points, fmt.Sprintf(w.halfLife, w.duration(uint64(t.HalfLifeMs)), w.duration(t.SpentMs)))
	} else {
		s.Points = append(s.Points, w.ageless)
	}
	s.Points = append(s.Points, counted(t.ItemsCounted, w.itemCounted, w.itemsCounted))
	if d.full() && slices.ContainsFunc(d.Slots, func(s Slot) bool { return s.RepeatsWelcome && s.LayerMax == 3 }) {
		s.Points = append(s.Points, w.repeats)
	}
	return s
}

func (d Document) layers(w *words) Section {
	s := Section{ID: "layers", Heading: w.layers}
	for k, layer := range d.Layers {
		if !layer.Allowed {
			continue
		}
		s.Rows = append(s.Rows, Row{w.layer[k], w.counts[layer.Counts] + " " + w.kept[layer.Kept]})
	}
	if !d.Layers[2].Allowed {
		s.Points = append(s.Points, w.highest)
	}
	if d.Layers[1].Allowed {
		s.Points = append(s.Points, w.lower)
	}
	return s
}

func (d Document) shown(w *words) Section {
	return Section{ID: "shown", Heading: w.shown, Paragraphs: []string{
		fmt.Sprintf(w.lists, d.Shown.ListsPerSlotMax) + " " +
			fmt.Sprintf(w.bits, w.answers(d.Shown.BitsPerListMax), w.number(float64(d.Shown.BitsPerVisitMax))),
	}}
}

func (d Document) sensitive(w *words) Section {
	s := Section{ID: "sensitive", Heading: w.sensitive, Paragraphs: []string{w.sensitiveLead}}
	items, topics := d.Sensitive.Items, d.Sensitive.Topics
	switch {
	case items > 0:
		s.Paragraphs[0] += " " + fmt.Sprintf(w.sensitiveSome, w.items(items))
	case len(topics) == 0:
		s.Paragraphs[0] += " " + w.sensitiveNone
	}
	s.Paragraphs = append(s.Paragraphs, d.Sensitive.Lists.paragraphs(w)...)
	if len(topics) == 0 {
		return s
	}
	s.Paragraphs = append(s.Paragraphs, w.sensitiveTopics)
	s.Points = slices.Clone(topics)
	if more := len(topics) - topicsNamed; more > 0 {
		s.Points = append(s.Points[:topicsNamed], fmt.Sprintf(w.sensitiveMore, more))
	}
	return s
}

func (d Document) never(w *words) Section {
	s := Section{ID: "never", Heading: w.never}
	for _, c := range d.Never {
		said, ok := w.claim[c.Claim]
		if !ok {
			continue
		}
		if c.Claim == NeverMoreLists {
			said = fmt.Sprintf(said, d.unless(w))
		}
		s.Points = append(s.Points, said)
	}
	return s
}

// visible is what a site can still see.
func (d Document) visible(w *words) Section {
	s := Section{ID: "visible", Heading: w.visible, Paragraphs: []string{w.visibleLead}}
	if d.picks() {
		s.Paragraphs[0] += " " + w.visibleList
	}
	switch {
	case d.wishes && d.full():
		s.Paragraphs[0] += " " + w.visibleBoth
	case d.wishes:
		s.Paragraphs[0] += " " + w.visibleWish
	case d.full():
		s.Paragraphs[0] += " " + w.visibleFull
	}
	return s
}

func (d Document) questions(w *words) Section {
	s := Section{ID: "questions", Heading: w.questions}
	if d.Layers[1].Allowed {
		forget, also := w.howForget, w.howForgetTab
		if d.Layers[2].Allowed {
			also = w.howForgetFull
		}
		forget.Text = fmt.Sprintf(forget.Text, also)
		s.Rows = append(s.Rows, w.howSee, forget)
		if d.counts() {
			s.Rows = append(s.Rows, w.howStop)
		}
	} else {
		s.Rows = append(s.Rows, w.howForgetNothing)
	}
	s.Rows = append(s.Rows, w.whyThis)
	return s
}

// settings are all of the policy and the slots, word for word.
func (d Document) settings(w *words) Section {
	s := Section{ID: "settings", Heading: w.settings, Technical: true, Paragraphs: []string{w.settingsLead}}
	for _, f := range d.Settings.fields() {
		s.Rows = append(s.Rows, Row{f.name, f.value})
	}
	for _, slot := range d.Slots {
		s.Rows = append(s.Rows, Row{"slot " + slot.Name, slot.line()})
	}
	return s
}

// line is a slot in the configuration's words.
func (s Slot) line() string {
	return fmt.Sprintf("layer %d, size %d, kinds %s, repeats %t, min_topics %d", s.LayerMax, s.Suggestions, strings.Join(s.Kinds, " "), s.RepeatsWelcome, s.TopicsMin)
}

// field is a setting in the configuration's words.
type field struct{ name, value string }

// fields are all settings, in order.
func (s Settings) fields() []field {
	fields := []field{
		{"max_layer", fmt.Sprint(s.MaxLayer)}, {"faces", fmt.Sprint(s.Faces)}, {"bits", fmt.Sprint(s.Bits)}, {"first_pages", fmt.Sprint(s.FirstPages)},
		{"signals", strings.Join(s.Signals, " ")}, {"settle_ms", fmt.Sprint(s.SettleMs)}, {"half_life_ms", fmt.Sprint(s.HalfLifeMs)},
		{"fatigue_shown", fmt.Sprint(s.FatigueShown)}, {"floor_permille", fmt.Sprint(s.FloorPermille)}, {"hop_permille", fmt.Sprint(s.HopPermille)},
		{"repeat_permille", fmt.Sprint(s.RepeatPermille)}, {"face_visits", fmt.Sprint(s.FaceVisits)},
		{"face_share_permille", fmt.Sprint(s.FaceSharePermille)}, {"recency", numbers(s.Recency)}, {"repeat_recency", numbers(s.RepeatRecency)},
		{"topic_recency", fmt.Sprint(s.TopicRecency)},
	}
	for m := range core.Mode(core.ModeCount) {
		wanted := ""
		for k := range pack.Kind(pack.KindCount) {
			wanted += fmt.Sprintf(" %s %d", k, s.KindMix[m.String()][k.String()])
		}
		fields = append(fields, field{"kind_mix." + m.String(), wanted[1:]})
	}
	return fields
}

func numbers(list [16]uint16) string { return strings.Trim(fmt.Sprint(list), "[]") }
