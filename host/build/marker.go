package build

import (
	"slices"
	"strconv"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

// marker finds what is sensitive in a catalogue, and remembers why.
type marker struct {
	rules     *sensitive.Rules
	cfg       Config
	languages []words.Language // by item
	items     []mark           // by item
	topics    []mark           // by node
	excused   [][]int          // by node: the exceptions that took a match away from it or from what is above
}

// mark is why an item or a topic is sensitive.
type mark struct {
	sensitive bool
	rule      sensitive.Rule
	through   int // the node that the rule is of, or -1 for its own
	excused   []int
	// of is where a topic that all of its items make sensitive is counted.
	of sensitive.Rule
}

// newMarker marks the items that their feed or the configuration calls sensitive, or the lists by what is the item's own.
func newMarker(items []catalogue.Item, cfg Config, report *Report) (*marker, error) {
	rules, err := sensitive.New(sensitive.Site{Words: cfg.SensitiveWords, Exceptions: cfg.SensitiveExceptions})
	if err != nil {
		return nil, err
	}
	m := &marker{rules: rules, cfg: cfg, languages: content.Languages(items, cfg.Language), items: make([]mark, len(items))}
	at := make(map[string]int, len(items))
	for i := range items {
		at[items[i].ID] = i
		v := rules.Item(&items[i], m.languages[i])
		m.items[i] = mark{v.Sensitive, v.Rule, -1, v.Excused, v.Rule}
		if items[i].Sensitive && !v.Sensitive {
			m.items[i].say(sensitive.Rule{By: sensitive.ByFeed})
		}
	}
	for k, id := range cfg.SensitiveItems {
		if i, ok := at[id]; ok {
			m.items[i].say(sensitive.Rule{By: sensitive.BySite, Text: field("sensitive_items", k)})
		} else {
			report.warn("ignored the id", field("sensitive_items", k), "no item has the id %q", id)
		}
	}
	return m, nil
}

// MarkSensitive returns the items as Source marks them: Sensitive by their feed, by the configuration and by the default lists, of their own
// or through a topic. The items are not changed. The error is of a word or an exception of the configuration.
func MarkSensitive(items []catalogue.Item, cfg Config) ([]catalogue.Item, error) {
	var report Report
	items = admit(items, cfg, &report)
	m, err := newMarker(items, cfg, &report)
	if err != nil {
		return nil, err
	}
	plant(items, m, &report)
	return items, nil
}

func (m *mark) say(rule sensitive.Rule) { m.sensitive, m.rule, m.through, m.of = true, rule, -1, rule }

// markForest marks topics, what is below them, the items of both, and at last the topics of nothing but sensitive items: whoever marks
// the items means what they are about, and a search for the topic would tell as much as a view. find returns the node of a path.
func (m *marker) markForest(nodes []node, leaves [][]int, items []catalogue.Item, find func([]string) (int, bool), report *Report) {
	m.topics, m.excused = make([]mark, len(nodes)), make([][]int, len(nodes))
	spoken := make([]words.Language, len(nodes))
	for i := len(items) - 1; i >= 0; i-- { // the first to be met is the last to be written
		for _, t := range leaves[i] {
			for ; t >= 0; t = nodes[t].parent {
				spoken[t] = m.languages[i]
			}
		}
	}
	paths := make([][]string, len(nodes))
	for t := range nodes { // parents first
		if p := nodes[t].parent; p >= 0 {
			paths[t] = slices.Clip(paths[p])
		}
		paths[t] = append(paths[t], nodes[t].name)
		v := m.rules.Topic(paths[t], spoken[t])
		m.topics[t] = mark{v.Sensitive, v.Rule, -1, v.Excused, v.Rule}
	}
	m.markConfigured(nodes, find, report)
	for t := range nodes {
		m.excused[t] = m.topics[t].excused
		p := nodes[t].parent
		if p < 0 {
			continue
		}
		m.excused[t] = union(m.excused[t], m.excused[p])
		if above := m.topics[p]; above.sensitive && !m.topics[t].sensitive {
			m.topics[t] = mark{true, above.rule, through(above, p), nil, above.of}
		}
	}
	for i := range items {
		own := &m.items[i]
		for _, t := range leaves[i] {
			own.excused = union(own.excused, m.excused[t])
			if of := m.topics[t]; of.sensitive && !own.sensitive {
				*own = mark{true, of.rule, through(of, t), own.excused, of.of}
			}
		}
		items[i].Sensitive = own.sensitive
	}
	m.markWholly(nodes, leaves)
	for t := range nodes {
		nodes[t].sensitive = m.topics[t].sensitive
	}
	m.tell(nodes, items, find, report)
}

// through returns the node that a rule is of: that of what is above, or its own.
func through(of mark, node int) int {
	if of.through >= 0 {
		return of.through
	}
	return node
}

// markConfigured marks the topics that the configuration names.
func (m *marker) markConfigured(nodes []node, find func([]string) (int, bool), report *Report) {
	for k, path := range m.cfg.SensitiveTopics {
		if t, ok := find(path); ok {
			m.topics[t].say(sensitive.Rule{By: sensitive.BySite, Text: field("sensitive_topics", k)})
			continue
		}
		report.warn("marked nothing as sensitive", field("sensitive_topics", k), "no topic has the path %q%s", joinPath(path), alike(nodes, path))
	}
}

// alike names a topic whose name is the last of a path that leads nowhere, for a message.
func alike(nodes []node, path []string) string {
	last := words.FoldName(path[len(path)-1])
	for t := range nodes {
		if nodes[t].folded == last {
			return "; there is " + strconv.Quote(pathOf(nodes, t))
		}
	}
	return ""
}

// markWholly marks the topics all of whose items, those below included, are sensitive.
func (m *marker) markWholly(nodes []node, leaves [][]int) {
	harmless, first := make([]bool, len(nodes)), make([]int, len(nodes))
	for i := len(m.items) - 1; i >= 0; i-- {
		for _, t := range leaves[i] {
			for ; t >= 0 && !harmless[t]; t = nodes[t].parent {
				harmless[t], first[t] = !m.items[i].sensitive, i
			}
		}
	}
	for t := range nodes {
		if !harmless[t] && !m.topics[t].sensitive {
			of := m.items[first[t]].of
			m.topics[t].say(sensitive.Rule{Category: of.Category, By: sensitive.ByItems})
			m.topics[t].of = of
		}
	}
}

// tell puts into the report what was marked, by what, and what exceptions did.
func (m *marker) tell(nodes []node, items []catalogue.Item, find func([]string) (int, bool), report *Report) {
	s := &report.Sensitivity
	for _, c := range sensitive.Categories() {
		off := slices.ContainsFunc(m.cfg.SensitiveExceptions, func(x sensitive.Exception) bool { return x.Category == c })
		s.Categories = append(s.Categories, SensitiveCategory{Category: c, InForce: !off})
	}
	s.Site = SensitiveAdditions{Words: m.cfg.SensitiveWords, ItemIDs: len(m.cfg.SensitiveItems)}
	for _, path := range m.cfg.SensitiveTopics {
		s.Site.TopicPaths = append(s.Site.TopicPaths, joinPath(path))
	}
	s.Exceptions = make([]SensitiveException, 0, len(m.cfg.SensitiveExceptions))
	for _, x := range m.cfg.SensitiveExceptions {
		s.Exceptions = append(s.Exceptions, exceptionOf(x))
	}
	for i := range items {
		if x := &m.items[i]; x.sensitive {
			s.of(x.of).Items++
			report.Marks.Items = append(report.Marks.Items, x.mark(nodes, items[i].ID, items[i].Title))
		} else {
			for _, k := range x.excused {
				s.Exceptions[k].Items++
			}
		}
	}
	for t := range nodes {
		if x := &m.topics[t]; x.sensitive {
			s.of(x.of).Topics++
			report.Marks.Topics = append(report.Marks.Topics, x.mark(nodes, "", pathOf(nodes, t)))
		} else {
			for _, k := range m.excused[t] {
				s.Exceptions[k].Topics++
			}
		}
	}
	for k, x := range s.Exceptions {
		if x.SensitiveCount == (SensitiveCount{}) {
			report.warn("took nothing out of what is sensitive", field("sensitive_exceptions", k), "%s", m.idle(k, nodes, items, find))
		}
	}
}

// of returns where a rule is counted.
func (s *Sensitivity) of(rule sensitive.Rule) *SensitiveCount {
	for k := range s.Categories {
		if s.Categories[k].Category == rule.Category {
			return &s.Categories[k].SensitiveCount
		}
	}
	if rule.By == sensitive.ByFeed {
		return &s.Feed
	}
	return &s.Site.SensitiveCount
}

// idle says why an exception took nothing out.
func (m *marker) idle(k int, nodes []node, items []catalogue.Item, find func([]string) (int, bool)) string {
	is := m.cfg.SensitiveExceptions[k]
	if _, ok := find(is.Topic); !ok {
		return "no topic has the path " + strconv.Quote(joinPath(is.Topic)) + alike(nodes, is.Topic)
	}
	if is.Item != "" && !slices.ContainsFunc(items, func(it catalogue.Item) bool { return it.ID == is.Item }) {
		return "no item has the id " + strconv.Quote(is.Item)
	}
	for _, list := range [][]mark{m.items, m.topics} {
		for i := range list {
			if slices.Contains(list[i].excused, k) {
				return "what it is of is sensitive for another reason too: see " + SensitiveName
			}
		}
	}
	x := exceptionOf(is)
	return "the lists mark nothing for the " + x.Of + " " + strconv.Quote(x.Name) + "; leave the exception out"
}

// mark returns the mark as it is told.
func (x *mark) mark(nodes []node, id, name string) Mark {
	out := Mark{ID: id, Name: name, Category: x.rule.Category, By: x.rule.By, Text: x.rule.Text}
	if x.through >= 0 {
		out.Through = pathOf(nodes, x.through)
	}
	return out
}

// union adds to a list what another has beyond it.
func union(a, b []int) []int {
	for _, k := range b {
		if !slices.Contains(a, k) {
			a = append(slices.Clip(a), k)
		}
	}
	return a
}
