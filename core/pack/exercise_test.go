package pack_test

import (
	"fmt"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

type failer interface {
	Fatalf(format string, args ...any)
}

// exercise reads everything of a pack by every id and returns it as text. It fails where something is out of range of
// what the accessors promise; where one panics, so does it.
func exercise(t failer, p *pack.Pack) string { return exerciseRanking(t, p) + exerciseDisplay(t, p) }

// exerciseRanking reads what OpenRanking promises.
func exerciseRanking(t failer, p *pack.Pack) string {
	var all strings.Builder
	check := func(ok bool, format string, args ...any) {
		if !ok {
			t.Fatalf(format, args...)
		}
	}
	row := func(name string, r pack.Neighbours) {
		fmt.Fprintf(&all, "%s from content %v:", name, r.FromContent)
		var items, weights [pack.MaxNeighbours]uint32
		whole := r
		read := whole.Read(items[:], weights[:])
		n, next := 0, uint32(0)
		for {
			end := r.Empty()
			ok := r.Next()
			item, weight := r.Item, r.Weight
			check(ok == !end, "%s: Empty is %v, Next %v", name, end, ok)
			if !ok {
				break
			}
			check(item >= next && item < p.Items() && !p.Sensitive(item), "%s: item %d after %d", name, item, next)
			check(weight > 0 && weight <= 1<<31, "%s: weight %d", name, weight)
			check(n < read && items[n] == item && weights[n] == weight, "%s: neighbour %d is %d %d, Read says otherwise", name, n, item, weight)
			fmt.Fprintf(&all, " %d %d", item, weight)
			next = item + 1
			n++
		}
		check(!r.Next(), "%s: more after its end", name)
		check(n <= p.LongestRow() && n <= pack.MaxNeighbours, "%s: %d neighbours, the longest row %d", name, n, p.LongestRow())
		all.WriteString("\n")
	}
	fmt.Fprintf(&all, "%+v\n", *p.Policy())
	check(p.Slots() > 0 && p.Slots() <= pack.MaxSlots, "%d slots", p.Slots())
	for s := range p.Slots() {
		slot := p.Slot(s)
		check(slot.Size > 0 && slot.Size <= pack.MaxSlotSize && slot.Layer > 0 && slot.Layer <= 3 && slot.Kinds != 0, "slot %d: %+v", s, slot)
		fmt.Fprintf(&all, "slot %d %+v\n", s, slot)
	}
	for topic := range p.Topics() {
		parent := p.TopicParent(topic)
		check(parent == pack.NoTopic || parent < topic, "topic %d below %d", topic, parent)
		check(parent == pack.NoTopic || !p.TopicSensitive(parent) || p.TopicSensitive(topic), "topic %d is not sensitive", topic)
		row(fmt.Sprintf("topic %d below %d sensitive %v", topic, parent, p.TopicSensitive(topic)), p.TopicRow(topic))
		check(!p.TopicSensitive(topic) || empty(p.TopicRow(topic)), "sensitive topic %d has a row", topic)
	}
	before := uint16(1<<16 - 1)
	for i := range p.Items() {
		check(p.Kind(i) < pack.KindCount && p.Availability(i) <= pack.OnOrder, "item %d: kind %d", i, p.Kind(i))
		check(p.Language(i) <= p.Languages(), "item %d: language %d", i, p.Language(i))
		check(p.Popularity(i) <= before, "item %d: popularity %d after %d", i, p.Popularity(i), before)
		before = p.Popularity(i)
		fmt.Fprintf(&all, "item %d %s %s sensitive %v language %d price %d popularity %d topics", i, p.Kind(i), p.Availability(i), p.Sensitive(i), p.Language(i), p.Price(i), before)
		for k := range pack.MaxItemTopics {
			topic := p.ItemTopic(i, k)
			check(topic == pack.NoTopic || topic < p.Topics() && k < p.MaxTopicsPerItem(), "item %d: topic %d", i, topic)
			check(topic == pack.NoTopic || p.Sensitive(i) || !p.TopicSensitive(topic), "item %d is not sensitive", i)
			fmt.Fprintf(&all, " %d", topic)
		}
		row(" row", p.Row(i))
		check(!p.Sensitive(i) || empty(p.Row(i)), "sensitive item %d has a row", i)
	}
	for f := range p.Facets() {
		group := p.FacetGroup(f)
		check(group < p.FacetGroups() && (f == 0 || p.FacetGroup(f-1) <= group), "facet %d: group %d", f, group)
		marks := make([]uint32, p.Items())
		p.MarkFacet(f, marks, 1)
		fmt.Fprintf(&all, "facet %d of %d:", f, group)
		for item, mark := range marks {
			if mark == 1 {
				check(!p.Sensitive(uint32(item)), "facet %d: item %d", f, item)
				fmt.Fprintf(&all, " %d", item)
			}
		}
		all.WriteString("\n")
	}
	for class := range pack.Class(255) {
		for topic := range p.Topics() {
			multiplier, ok := p.Prior(class, topic)
			if !ok {
				continue
			}
			check(!p.TopicSensitive(topic), "%s: prior of topic %d", class, topic)
			check(multiplier >= 16 && multiplier < 4096, "%s: multiplier %d", class, multiplier)
			fmt.Fprintf(&all, "%s topic %d times %d\n", class, topic, multiplier)
		}
	}
	for _, word := range []string{"", "fiets", "slot", "\xff"} {
		topic, ok := p.Term(pack.TermHash([]byte(word)))
		check(ok == (topic != pack.NoTopic) && (!ok || topic < p.Topics() && !p.TopicSensitive(topic)), "%q: topic %d", word, topic)
		fmt.Fprintf(&all, "%q topic %d\n", word, topic)
	}
	return all.String()
}

func empty(r pack.Neighbours) bool { return r.Empty() }

// exerciseDisplay reads the rest.
func exerciseDisplay(t failer, p *pack.Pack) string {
	var all strings.Builder
	check := func(ok bool, format string, args ...any) {
		if !ok {
			t.Fatalf(format, args...)
		}
	}
	fmt.Fprintf(&all, "site %q\n", p.Site())
	for s := range p.Slots() {
		found, ok := p.FindSlot(p.SlotName(s))
		check(ok && found == s, "slot %d is found as %d", s, found)
		fmt.Fprintf(&all, "slot %d %q\n", s, p.SlotName(s))
	}
	for l := range p.Languages() {
		fmt.Fprintf(&all, "language %d %q\n", l, p.LanguageName(l))
	}
	for c := range p.Currencies() {
		fmt.Fprintf(&all, "currency %d %q\n", c, p.CurrencyName(c))
	}
	for f := range p.Facets() {
		fmt.Fprintf(&all, "facet %d %q %q\n", f, p.FacetGroupName(p.FacetGroup(f)), p.FacetName(f))
	}
	for topic := range p.Topics() {
		fmt.Fprintf(&all, "topic %d %q\n", topic, p.TopicName(topic))
	}
	for i := range p.Items() {
		check(p.Currency(i) <= p.Currencies(), "item %d: currency %d", i, p.Currency(i))
		fmt.Fprintf(&all, "item %d %q %q %q %q currency %d\n", i, p.ItemID(i), p.URL(i), p.Title(i), p.Image(i), p.Currency(i))
		check(pack.SafeReference(p.URL(i)) && pack.SafeReference(p.Image(i)), "item %d: URL %q, image %q", i, p.URL(i), p.Image(i))
		found, ok := p.FindID(p.ItemID(i))
		check(ok && found == i, "item %d is found as %d", i, found)
		if len(p.URL(i)) > 0 {
			found, ok = p.FindURL(p.URL(i))
			check(ok && found == i, "item %d is found as %d by its URL", i, found)
		}
	}
	for _, name := range []string{"", "nothing is called that", "\xff\xff"} {
		item, ok := p.FindID([]byte(name))
		check(ok == (item != pack.NoItem) && (!ok || string(p.ItemID(item)) == name), "%q is found as %d", name, item)
		item, ok = p.FindURL([]byte(name))
		check(ok == (item != pack.NoItem) && (!ok || string(p.URL(item)) == name), "%q is found as %d", name, item)
	}
	return all.String()
}
