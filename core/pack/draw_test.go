package pack_test

import (
	"math"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// drawSource draws any source that Write accepts.
func drawSource(t *rapid.T) pack.Source {
	src := pack.Source{Site: rapid.StringN(0, 20, 255).Draw(t, "site"), Policy: drawPolicy(t)}
	src.Languages = rapid.SliceOfN(rapid.SampledFrom([]string{"nl", "en", "de-AT"}), 0, 3).Draw(t, "languages")
	src.Currencies = rapid.SliceOfN(rapid.SampledFrom([]string{"EUR", "GBP"}), 0, 2).Draw(t, "currencies")
	for i := range rapid.IntRange(1, 4).Draw(t, "slots") {
		src.Slots = append(src.Slots, pack.Slot{
			Name:      "slot " + strconv.Itoa(i),
			Kinds:     pack.Kinds(rapid.IntRange(1, int(pack.AllKinds)).Draw(t, "kinds")),
			Size:      rapid.Uint8Range(1, pack.MaxSlotSize).Draw(t, "size"),
			Layer:     rapid.Uint8Range(1, 3).Draw(t, "layer"),
			Repeats:   rapid.Bool().Draw(t, "repeats"),
			MinTopics: rapid.Uint8Range(0, pack.MaxSlotSize).Draw(t, "least topics"),
		})
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "topics") {
		topic := pack.Topic{Name: rapid.StringN(1, 8, -1).Draw(t, "topic"), Parent: pack.NoTopic, Sensitive: rapid.IntRange(0, 4).Draw(t, "sensitive") == 0}
		if i > 0 && rapid.Bool().Draw(t, "child") {
			topic.Parent = uint16(rapid.IntRange(0, i-1).Draw(t, "parent"))
			topic.Sensitive = topic.Sensitive || src.Topics[topic.Parent].Sensitive
		}
		src.Topics = append(src.Topics, topic)
	}
	drawItems(t, &src)
	for i := range src.Items {
		if rapid.IntRange(0, 3).Draw(t, "rows") == 0 {
			break // the rest have none
		}
		src.Rows = append(src.Rows, drawRow(t, &src, src.Items[i].Sensitive))
	}
	for i := range src.Topics {
		src.TopicRows = append(src.TopicRows, drawRow(t, &src, src.Topics[i].Sensitive))
	}
	for i, topic := range src.Topics {
		if topic.Sensitive {
			continue
		}
		if rapid.Bool().Draw(t, "term") {
			src.Terms = append(src.Terms, pack.Term{Word: rapid.StringMatching(`[a-zéß]{1,6}`).Draw(t, "word"), Topic: uint16(i)})
		}
		for class := pack.Class(1); class < pack.ClassCount; class++ {
			if rapid.IntRange(0, 5).Draw(t, "prior") == 0 {
				src.Priors = append(src.Priors, pack.Prior{Class: class, Topic: uint16(i), Multiplier: math.Exp2(rapid.Float64Range(-6, 6).Draw(t, "multiplier"))})
			}
		}
	}
	drawFacets(t, &src)
	return src
}

func drawFacets(t *rapid.T, src *pack.Source) {
	var eligible []uint32
	for i := range src.Items {
		if !src.Items[i].Sensitive {
			eligible = append(eligible, uint32(i))
		}
	}
	if len(eligible) == 0 {
		return
	}
	for g := range rapid.IntRange(0, 3).Draw(t, "groups") {
		src.FacetGroups = append(src.FacetGroups, "group "+strconv.Itoa(g))
		for _, name := range rapid.SliceOfNDistinct(rapid.StringN(1, 8, -1), 1, 20, rapid.ID).Draw(t, "facets") {
			items := rapid.SliceOfNDistinct(rapid.SampledFrom(eligible), 1, len(eligible), rapid.ID).Draw(t, "items of a facet")
			slices.Sort(items)
			src.Facets = append(src.Facets, pack.Facet{Group: uint8(g), Name: name, Items: items})
		}
	}
}

func drawItems(t *rapid.T, src *pack.Source) {
	plain := rapid.Bool().Draw(t, "plain items") // so that columns are left out
	popularity := uint16(65_535)
	for i := range rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 40)).Draw(t, "items") {
		it := pack.Item{ID: rapid.StringN(0, 6, -1).Draw(t, "id") + "#" + strconv.Itoa(i), Popularity: popularity}
		if !plain {
			popularity -= rapid.Uint16Range(0, popularity).Draw(t, "fall") / 4
			it.Popularity = popularity
			it.Title = rapid.StringN(0, 20, -1).Draw(t, "title")
			if rapid.Bool().Draw(t, "links") {
				it.URL = "/" + strconv.Itoa(rapid.IntRange(0, 99).Draw(t, "path")) + "/" + strconv.Itoa(i)
				it.Image = rapid.SampledFrom([]string{"", "/", "/x.png", "https://h/é?a=b#c", "http://h"}).Draw(t, "image")
			}
			it.Kind = pack.Kind(rapid.IntRange(0, pack.KindCount-1).Draw(t, "kind"))
			it.Availability = pack.Availability(rapid.IntRange(0, 3).Draw(t, "availability"))
			it.Language = uint8(rapid.IntRange(0, len(src.Languages)).Draw(t, "language"))
			it.Currency = uint8(rapid.IntRange(0, len(src.Currencies)).Draw(t, "currency"))
			it.Price = rapid.Uint32().Draw(t, "price")
			it.Sensitive = rapid.IntRange(0, 5).Draw(t, "sensitive") == 0
		}
		if len(src.Topics) > 0 {
			it.Topics = rapid.SliceOfNDistinct(rapid.Uint16Range(0, uint16(len(src.Topics)-1)), 0, min(4, len(src.Topics)), rapid.ID).Draw(t, "topics")
			for _, topic := range it.Topics {
				it.Sensitive = it.Sensitive || src.Topics[topic].Sensitive
			}
		}
		src.Items = append(src.Items, it)
	}
}

func drawRow(t *rapid.T, src *pack.Source, sensitive bool) pack.Row {
	row := pack.Row{FromContent: rapid.Bool().Draw(t, "from content")}
	if sensitive {
		return row
	}
	var eligible []uint32
	for i := range src.Items {
		if !src.Items[i].Sensitive {
			eligible = append(eligible, uint32(i))
		}
	}
	if len(eligible) == 0 {
		return row
	}
	for _, item := range rapid.SliceOfDistinct(rapid.SampledFrom(eligible), rapid.ID).Draw(t, "row") {
		row.Neighbours = append(row.Neighbours, pack.Neighbour{Item: item, Weight: math.Exp2(rapid.Float64Range(-20, 20).Draw(t, "weight"))})
	}
	return row
}

func drawPolicy(t *rapid.T) pack.Policy {
	p := pack.Policy{
		MaxLayer:          rapid.Uint8Range(1, 3).Draw(t, "max layer"),
		Faces:             rapid.SampledFrom([]uint8{1, 2, 4, 8}).Draw(t, "faces"),
		Bits:              rapid.Uint8Range(0, 32).Draw(t, "bits"),
		FirstPages:        rapid.Uint8().Draw(t, "first pages"),
		Signals:           rapid.Uint16().Draw(t, "signals"),
		SettleMs:          rapid.Uint32().Draw(t, "settle"),
		HalfLifeMs:        rapid.Uint32().Draw(t, "half-life"),
		FatigueShown:      rapid.Uint8().Draw(t, "fatigue"),
		FloorPermille:     rapid.Uint16Range(1, 1000).Draw(t, "floor"),
		HopPermille:       rapid.Uint16Range(0, 4000).Draw(t, "hop"),
		RepeatPermille:    rapid.Uint16Range(0, 4000).Draw(t, "repeat"),
		FaceVisits:        rapid.Uint8Range(1, pack.MaxFaceVisits).Draw(t, "face visits"),
		FaceSharePermille: rapid.Uint16Range(0, 1000).Draw(t, "face share"),
	}
	copy(p.Recency[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "recency"))
	copy(p.RepeatRecency[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "repeat recency"))
	p.Recency[0] = max(1, p.Recency[0])
	return p
}
