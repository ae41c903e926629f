package core

import "github.com/nabij/nabij/core/pack"

// reason says why an item is in the list, in terms of the page and the catalogue. It may also name what the visitor
// declared, and at layer 3 a slot for going on says so; never what was viewed.
func (e *Engine) reason(r *Reason, item uint32) {
	a := &e.ask
	r.Topic, r.Item = pack.NoTopic, pack.NoItem
	topic := e.traits[item].topic
	if s := a.visit; s != nil {
		if k := e.posterior.at(item); a.slot.Repeats && k >= 0 && e.posterior.parts[k].marks&markViewed != 0 {
			r.Code = PickUp
			return
		}
		for k, d := range s.notes[preferred].all() {
			if e.wishes[item]>>k&1 != 0 {
				r.Code, r.Topic = YouAsked, uint16(d)
				return
			}
		}
	}
	if a.item != pack.NoItem {
		neighbours := e.pack.Row(a.item)
		if row := e.read(neighbours); contains(row.items[:row.n], item) {
			r.Code, r.Item = OftenTogether, a.item
			if neighbours.FromContent {
				r.Code = Similar
			}
			return
		}
	}
	if a.topic != pack.NoTopic && e.about(item, a.topic) {
		r.Code, r.Topic = SameTopic, a.topic
		return
	}
	switch {
	case contains(a.popular, item):
		r.Code = PopularNow
	case topic != pack.NoTopic:
		r.Code, r.Topic = InTopic, topic
	default:
		r.Code = Related
		if e.prior.at(item) >= 0 {
			r.Item = a.item // it is one hop further, or there is no page's item to name
		}
	}
}
