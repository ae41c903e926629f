package hosttest

import (
	"slices"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// NeverSensitive: no slot shows an item that is intimate, or of a topic that is, but on a page of that topic.
func NeverSensitive() Policy {
	return eachItem("never sensitive", "", func(r *Report, v *Visit, a Answer, item uint32) {
		p := v.Shop.Pack()
		if own := intimateTopic(p, a.Request); own != pack.NoTopic {
			if !within(p, p.ItemTopic(item, 0), own) {
				r.Errorf(a, "%s is not of the page's own topic, which is sensitive: %s", p.ItemID(item), v.Shop.TopicPath(own))
			}
			return
		}
		if p.Sensitive(item) {
			r.Errorf(a, "%s is sensitive", p.ItemID(item))
		}
		for k := range pack.MaxItemTopics {
			if t := p.ItemTopic(item, k); t != pack.NoTopic && p.TopicSensitive(t) {
				r.Errorf(a, "%s is of the sensitive topic %s", p.ItemID(item), v.Shop.TopicPath(t))
			}
		}
	})
}

// intimateTopic returns the sensitive topic that a page is about, or none.
func intimateTopic(p *pack.Pack, page core.Request) uint16 {
	topic := page.Topic
	if page.Item != pack.NoItem {
		topic = p.ItemTopic(page.Item, 0)
	}
	if topic == pack.NoTopic || !p.TopicSensitive(topic) {
		return pack.NoTopic
	}
	return topic
}

// within reports whether a topic is another, or below it.
func within(p *pack.Pack, topic, above uint16) bool {
	for topic != pack.NoTopic && topic != above {
		topic = p.TopicParent(topic)
	}
	return topic == above
}

// InStockOnly: no slot shows an item that is out of stock.
func InStockOnly() Policy {
	return eachItem("in stock only", "", func(r *Report, v *Visit, a Answer, item uint32) {
		if v.Shop.Pack().Availability(item) == pack.OutOfStock {
			r.Errorf(a, "%s is out of stock", v.Shop.Pack().ItemID(item))
		}
	})
}

// SameLanguage: a page shows items in its own language, and those that suit all. The page's language is the context's,
// or else that of its item.
func SameLanguage() Policy {
	return eachItem("same language", "", func(r *Report, v *Visit, a Answer, item uint32) {
		p := v.Shop.Pack()
		page := a.Request.Context.Language
		if page == 0 && a.Request.Item != pack.NoItem && !p.Sensitive(a.Request.Item) {
			page = p.Language(a.Request.Item)
		}
		if is := p.Language(item); page != 0 && is != 0 && is != page {
			r.Errorf(a, "%s is in %s on a page in %s", p.ItemID(item), p.LanguageName(is-1), p.LanguageName(page-1))
		}
	})
}

// NeverKind: the slot, or every slot where the name is empty, shows no item of these kinds.
func NeverKind(slot string, kinds ...pack.Kind) Policy {
	name := "never a"
	for _, k := range kinds {
		name += " " + k.String()
	}
	return eachItem(in(name, slot), slot, func(r *Report, v *Visit, a Answer, item uint32) {
		if k := v.Shop.Pack().Kind(item); slices.Contains(kinds, k) {
			r.Errorf(a, "%s is of kind %s", v.Shop.Pack().ItemID(item), k)
		}
	})
}

// NeverDismissed: what the visitor said "not for me" to is not suggested any more.
func NeverDismissed() Policy {
	return eachItem("never what was dismissed", "", func(r *Report, v *Visit, a Answer, item uint32) {
		for k, s := range v.Before(a) {
			if s.Kind == core.Dismissed && s.Item == item && v.Outcomes[k] == core.Counted {
				r.Errorf(a, "%s was dismissed", v.Shop.Pack().ItemID(item))
			}
		}
	})
}

// MinTopics: the slot, or every slot where the name is empty, shows items of at least n topics, as long as it shows n
// items. An item counts for its first topic. A visit in which the visitor said "not for me", or what they look for, is not looked at: what was
// dismissed is taken out of a public list, and nothing takes its place; who asks for something is not shown something else for variety.
// Nor is the page of a sensitive topic looked at, which shows that topic alone.
func MinTopics(slot string, n int) Policy {
	return Policy{in("a list of more topics than one", slot), func(r *Report, v *Visit) {
		for _, s := range v.Signals {
			if s.Kind == core.Dismissed || s.Kind == core.Preference {
				return
			}
		}
		for _, a := range v.AnswersOf(slot) {
			if len(a.Reply.Suggestions) < n || intimateTopic(v.Shop.Pack(), a.Request) != pack.NoTopic {
				continue
			}
			topics := map[uint16]bool{}
			for _, s := range a.Reply.Suggestions {
				topics[v.Shop.Pack().ItemTopic(s.Item, 0)] = true
			}
			if len(topics) < n {
				r.Errorf(a, "%d topics, want at least %d", len(topics), n)
			}
		}
	}}
}

// AtMostFaces: below layer 3 a slot of a page shows one of the lists that it can show to anyone, of which the pack's
// policy allows a handful. What the visitor dismissed may be missing from it. A list for which the visitor asked, by a
// preference declared on the page, is not looked at.
func AtMostFaces() Policy {
	return Policy{"at most the policy's faces", func(r *Report, v *Visit) {
		for _, a := range v.Answers {
			if a.Reply.Layer == 3 || a.Reply.Layer == 2 && v.asked(a) {
				continue
			}
			request := a.Request
			request.Layer = 2
			faces, err := v.Shop.faces(request)
			if err != nil {
				r.Errorf(a, "the faces of the page: %v", err)
				continue
			}
			if most := int(v.Shop.Pack().Policy().Faces); len(faces) > most {
				r.Errorf(a, "the page has %d faces, and the policy allows %d", len(faces), most)
			}
			if !slices.ContainsFunc(faces, func(f core.Face) bool { return v.shows(a, f) }) {
				r.Errorf(a, "this is none of the page's %d faces", len(faces))
			}
		}
	}}
}

// shows reports whether the answer is the face, but for what the visitor dismissed.
func (v *Visit) shows(a Answer, f core.Face) bool {
	shown := a.Reply.Suggestions
	for _, s := range f.Suggestions {
		switch {
		case len(shown) > 0 && shown[0].Item == s.Item:
			shown = shown[1:]
		case !v.dismissed(a, s.Item):
			return false
		}
	}
	return len(shown) == 0
}

func (v *Visit) dismissed(a Answer, item uint32) bool {
	return slices.ContainsFunc(v.Before(a), func(s core.Signal) bool { return s.Kind == core.Dismissed && s.Item == item })
}

// asked reports whether a preference was declared on the page of the answer.
func (v *Visit) asked(a Answer) bool {
	before := v.Before(a)
	for k := len(before) - 1; k >= 0; k-- {
		if v.Outcomes[k] != core.Counted {
			continue
		}
		switch before[k].Kind {
		case core.Preference:
			return true
		case core.View:
			return false
		}
	}
	return false
}

// echoLift is the most, in thousandths, that a viewed item's chance may rise where repeats are not welcome: the kind of
// help that the visit seems to want doubles a kind of item, whichever item it is.
const echoLift = 2000

// NoEcho: no page suggests its own item, and outside slots that welcome repeats, what was viewed in the visit is not
// pushed for that. A visit in which the visitor declared a preference is not looked at: then the lift is asked for.
func NoEcho() Policy {
	return eachItem("no echo of what was viewed", "", func(r *Report, v *Visit, a Answer, item uint32) {
		if item == a.Request.Item {
			r.Errorf(a, "%s is the page's own item", v.Shop.Pack().ItemID(item))
		}
		if v.Shop.Pack().Slot(a.Request.Slot).Repeats {
			return
		}
		viewed := false
		for _, s := range v.Before(a) {
			if s.Kind == core.Preference {
				return
			}
			viewed = viewed || s.Kind == core.View && s.Item == item
		}
		for _, s := range a.Reply.Suggestions {
			if viewed && s.Item == item && s.Lift > echoLift {
				r.Errorf(a, "%s was viewed in this visit, and its lift is %d thousandths", v.Shop.Pack().ItemID(item), s.Lift)
			}
		}
	})
}

// eachItem makes a policy of what must hold for every item shown in the slot, or in every slot.
func eachItem(name, slot string, check func(r *Report, v *Visit, a Answer, item uint32)) Policy {
	return Policy{name, func(r *Report, v *Visit) {
		for _, a := range v.AnswersOf(slot) {
			for _, s := range a.Reply.Suggestions {
				check(r, v, a, s.Item)
			}
		}
	}}
}

func in(name, slot string) string {
	if slot == "" {
		return name
	}
	return name + " in " + slot
}
