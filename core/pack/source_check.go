package pack

import (
	"math"
	"slices"
	"unicode/utf8"
)

// refuse says what is wrong with element at of a field of the source.
func refuse(field string, at int, text string, got uint64) *Error {
	return &Error{ErrSource, field, uint32(at), text, got}
}

// nowhere is the index of what is wrong with a field as a whole.
const nowhere = int(int32(-1)) // NoItem as an int of any width

// check refuses what a pack cannot hold. Write's result opens when it finds nothing.
func (src *Source) check() *Error {
	for _, check := range []func() *Error{
		src.checkSizes, src.checkNames, src.checkSlots, src.checkTopics, src.checkItems, src.checkRows, src.checkTerms, src.checkPriors,
		src.checkFacets,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (src *Source) checkSizes() *Error {
	for _, f := range []struct {
		field    string
		got, max int
	}{
		{"Items", len(src.Items), MaxItems},
		{"Topics", len(src.Topics), MaxTopics},
		{"Languages", len(src.Languages), 255},
		{"Currencies", len(src.Currencies), 255},
		{"Slots", len(src.Slots), MaxSlots},
		{"Facets", len(src.Facets), MaxFacets},
		{"FacetGroups", len(src.FacetGroups), MaxFacetGroups},
		{"Rows", len(src.Rows), len(src.Items)},
		{"TopicRows", len(src.TopicRows), len(src.Topics)},
	} {
		if f.got > f.max {
			return refuse(f.field, nowhere, "want at most "+decimal(uint64(f.max)), uint64(f.got))
		}
	}
	if len(src.Slots) == 0 {
		return refuse("Slots", nowhere, "want at least one", 0)
	}
	return nil
}

// fits reports whether a pack can hold s.
func fits(s string) bool { return len(s) <= MaxString && utf8.ValidString(s) }

func (src *Source) checkNames() *Error {
	if len(src.Site) > MaxSite || !utf8.ValidString(src.Site) {
		return refuse("Site", nowhere, "want UTF-8 of at most "+decimal(MaxSite)+" bytes", uint64(len(src.Site)))
	}
	for _, f := range []struct {
		field string
		names []string
	}{{"Languages", src.Languages}, {"Currencies", src.Currencies}} {
		for i, name := range f.names {
			if name == "" || !fits(name) {
				return refuse(f.field, i, "name is empty, too long, or not UTF-8", uint64(len(name)))
			}
		}
	}
	return src.Policy.check()
}

// check refuses a policy that Open would.
func (p *Policy) check() *Error {
	r := p.record()
	for k := range bounds {
		b := &bounds[k]
		if b.sec != secPolicy {
			continue
		}
		if got, broken := b.broken(r); broken {
			return refuse("Policy."+policyField(uint32(b.at)).name, nowhere, b.text(), uint64(got))
		}
	}
	var read Policy
	if at, got := read.read(r); at != 0 {
		return refuse("Policy."+policyField(at).name, nowhere, badFaces, uint64(got))
	}
	if at, got := read.Intent.read(p.Intent.record()); at != 0 {
		return refuse("Policy.Intent.KindMix", int(at-1), badKindMix, uint64(got))
	}
	return nil
}

func (src *Source) checkSlots() *Error {
	names := map[string]bool{}
	for i, s := range src.Slots {
		switch {
		case s.Name == "" || len(s.Name) > MaxSlotName || !utf8.ValidString(s.Name):
			return refuse("Slots.Name", i, "want UTF-8 of 1 to "+decimal(MaxSlotName)+" bytes", uint64(len(s.Name)))
		case names[s.Name]:
			return refuse("Slots.Name", i, "taken by an earlier slot: "+s.Name, uint64(i))
		case s.Kinds == 0 || s.Kinds&^AllKinds != 0:
			return refuse("Slots.Kinds", i, "allows no kind, or an unknown one", uint64(s.Kinds))
		case s.Size == 0 || s.Size > MaxSlotSize:
			return refuse("Slots.Size", i, "want 1 to "+decimal(MaxSlotSize), uint64(s.Size))
		case s.Layer == 0 || s.Layer > 3:
			return refuse("Slots.Layer", i, "want 1 to 3", uint64(s.Layer))
		case s.MinTopics > MaxSlotSize:
			return refuse("Slots.MinTopics", i, "want at most "+decimal(MaxSlotSize), uint64(s.MinTopics))
		}
		names[s.Name] = true
	}
	return nil
}

func (src *Source) checkTopics() *Error {
	for i, t := range src.Topics {
		switch {
		case t.Name == "" || !fits(t.Name):
			return refuse("Topics.Name", i, "name is empty, too long, or not UTF-8", uint64(len(t.Name)))
		case t.Parent != NoTopic && int(t.Parent) >= i:
			return refuse("Topics.Parent", i, "want NoTopic or a topic that stands before", uint64(t.Parent))
		case t.Parent != NoTopic && src.Topics[t.Parent].Sensitive && !t.Sensitive:
			return refuse("Topics.Sensitive", i, "parent is sensitive, so this topic must be", uint64(t.Parent))
		}
	}
	return nil
}

func (src *Source) checkItems() *Error {
	ids, urls := make(map[string]bool, len(src.Items)), make(map[string]bool, len(src.Items))
	before := uint16(1<<16 - 1)
	for i := range src.Items {
		it := &src.Items[i]
		switch {
		case it.ID == "" || !fits(it.ID):
			return refuse("Items.ID", i, "empty, too long, or not UTF-8", uint64(len(it.ID)))
		case ids[it.ID]:
			return refuse("Items.ID", i, "taken by an earlier item: "+it.ID, uint64(i))
		case it.URL != "" && urls[it.URL]:
			return refuse("Items.URL", i, "taken by an earlier item: "+it.URL, uint64(i))
		case it.Popularity > before:
			return refuse("Items.Popularity", i, "want at most that of the item before", uint64(it.Popularity))
		}
		if err := src.checkItem(i, it); err != nil {
			return err
		}
		ids[it.ID], urls[it.URL], before = true, true, it.Popularity
	}
	return nil
}

func (src *Source) checkItem(i int, it *Item) *Error {
	switch {
	case !fits(it.Title):
		return refuse("Items.Title", i, "too long, or not UTF-8", uint64(len(it.Title)))
	case !fits(it.URL) || !SafeReference([]byte(it.URL)):
		return refuse("Items.URL", i, "neither http(s) nor a path, too long, or not UTF-8", uint64(len(it.URL)))
	case !fits(it.Image) || !SafeReference([]byte(it.Image)):
		return refuse("Items.Image", i, "neither http(s) nor a path, too long, or not UTF-8", uint64(len(it.Image)))
	case it.Kind >= KindCount:
		return refuse("Items.Kind", i, "no such kind", uint64(it.Kind))
	case it.Availability > OnOrder:
		return refuse("Items.Availability", i, "no such availability", uint64(it.Availability))
	case int(it.Language) > len(src.Languages):
		return refuse("Items.Language", i, "no such language", uint64(it.Language))
	case int(it.Currency) > len(src.Currencies):
		return refuse("Items.Currency", i, "no such currency", uint64(it.Currency))
	case len(it.Topics) > MaxItemTopics:
		return refuse("Items.Topics", i, "want at most "+decimal(MaxItemTopics), uint64(len(it.Topics)))
	}
	for k, t := range it.Topics {
		if int(t) >= len(src.Topics) {
			return refuse("Items.Topics", i, "no such topic", uint64(t))
		}
		for _, other := range it.Topics[:k] {
			if other == t {
				return refuse("Items.Topics", i, "a topic stands twice", uint64(t))
			}
		}
		if src.Topics[t].Sensitive && !it.Sensitive {
			return refuse("Items.Sensitive", i, "a topic of the item is sensitive, so the item must be", uint64(t))
		}
	}
	return nil
}

func (src *Source) checkRows() *Error {
	for i, r := range src.Rows {
		if len(r.Neighbours) > 0 && src.Items[i].Sensitive {
			return refuse("Rows", i, "a sensitive item has no row", uint64(len(r.Neighbours)))
		}
		if err := src.checkRow("Rows", i, r); err != nil {
			return err
		}
	}
	for i, r := range src.TopicRows {
		if len(r.Neighbours) > 0 && src.Topics[i].Sensitive {
			return refuse("TopicRows", i, "a sensitive topic has no row", uint64(len(r.Neighbours)))
		}
		if err := src.checkRow("TopicRows", i, r); err != nil {
			return err
		}
	}
	return nil
}

func (src *Source) checkRow(field string, i int, r Row) *Error {
	if len(r.Neighbours) > MaxNeighbours {
		return refuse(field, i, "want at most "+decimal(MaxNeighbours)+" neighbours", uint64(len(r.Neighbours)))
	}
	seen := make(map[uint32]bool, len(r.Neighbours))
	for _, x := range r.Neighbours {
		switch {
		case uint64(x.Item) >= uint64(len(src.Items)):
			return refuse(field, i, "no such item", uint64(x.Item))
		case seen[x.Item]:
			return refuse(field, i, "an item stands twice", uint64(x.Item))
		case src.Items[x.Item].Sensitive:
			return refuse(field, i, "row names a sensitive item", uint64(x.Item))
		case !(x.Weight > 0) || math.IsInf(x.Weight, 1):
			return refuse(field, i, "weight of this item is not a positive number", uint64(x.Item))
		}
		seen[x.Item] = true
	}
	return nil
}

func (src *Source) checkTerms() *Error {
	for i, t := range src.Terms {
		switch {
		case t.Word == "":
			return refuse("Terms.Word", i, "empty", 0)
		case int(t.Topic) >= len(src.Topics):
			return refuse("Terms.Topic", i, "no such topic", uint64(t.Topic))
		case src.Topics[t.Topic].Sensitive:
			return refuse("Terms.Topic", i, "topic is sensitive", uint64(t.Topic))
		}
	}
	return nil
}

func (src *Source) checkPriors() *Error {
	seen := make(map[uint32]bool, len(src.Priors))
	for i, p := range src.Priors {
		key := uint32(p.Class)<<16 | uint32(p.Topic)
		switch {
		case p.Class == 0 || p.Class >= ClassCount:
			return refuse("Priors.Class", i, "no such class", uint64(p.Class))
		case int(p.Topic) >= len(src.Topics):
			return refuse("Priors.Topic", i, "no such topic", uint64(p.Topic))
		case src.Topics[p.Topic].Sensitive:
			return refuse("Priors.Topic", i, "topic is sensitive", uint64(p.Topic))
		case seen[key]:
			return refuse("Priors", i, "class and topic stand twice", uint64(p.Topic))
		case !(p.Multiplier > 0) || math.IsInf(p.Multiplier, 1):
			return refuse("Priors.Multiplier", i, "not a positive number", uint64(p.Topic))
		}
		seen[key] = true
	}
	return nil
}

func (src *Source) checkFacets() *Error {
	for g, name := range src.FacetGroups {
		if name == "" || !fits(name) {
			return refuse("FacetGroups", g, "name is empty, too long, or not UTF-8", uint64(len(name)))
		}
		if slices.Contains(src.FacetGroups[:g], name) {
			return refuse("FacetGroups", g, "taken by an earlier group: "+name, uint64(g))
		}
	}
	groups := 0
	names := map[string]bool{} // of the group at hand
	for i, f := range src.Facets {
		if int(f.Group) == groups {
			groups++
			clear(names)
		}
		switch {
		case int(f.Group) >= len(src.FacetGroups):
			return refuse("Facets.Group", i, "no such group", uint64(f.Group))
		case int(f.Group) != groups-1:
			return refuse("Facets.Group", i, "groups are not in order", uint64(f.Group))
		case f.Name == "" || !fits(f.Name):
			return refuse("Facets.Name", i, "name is empty, too long, or not UTF-8", uint64(len(f.Name)))
		case names[f.Name]:
			return refuse("Facets.Name", i, "taken by an earlier facet of the group: "+f.Name, uint64(i))
		case len(f.Items) == 0:
			return refuse("Facets.Items", i, "a facet has at least one", 0)
		}
		names[f.Name] = true
		for k, item := range f.Items {
			switch {
			case uint64(item) >= uint64(len(src.Items)):
				return refuse("Facets.Items", i, "no such item", uint64(item))
			case k > 0 && item <= f.Items[k-1]:
				return refuse("Facets.Items", i, "items do not rise", uint64(item))
			case src.Items[item].Sensitive:
				return refuse("Facets.Items", i, "facet names a sensitive item", uint64(item))
			}
		}
	}
	if groups < len(src.FacetGroups) {
		return refuse("FacetGroups", groups, "no facet is of this group", uint64(groups))
	}
	return nil
}
