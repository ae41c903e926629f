package content

import "math"

const (
	// saturation is k1 of BM25: how soon more of the same word stops to count. At 2 a word of the title weighs three and
	// a half times one of the description.
	saturation = 2
	// groupEase is the length at which a group's vector has half of its group's share. It keeps a group that says
	// nothing, such as the one brand of a shop that sells one brand, from weighing as much as one that tells items
	// apart, and is in the unit of √idf.
	groupEase = 1.0
	// soleShare is how much of a term that only one item has counts for the item's length. It can match nothing; left
	// out altogether it would make an item that says much unmatched look nearer than it is, and in full it would punish
	// an item for its stock number.
	soleShare = 0.5
)

// vectors holds each item's weighted terms: entries start[i] to start[i+1] are item i's, by ascending term, and the
// squares of their weights sum to at most 1.
type vectors struct {
	start  []int
	term   []uint32
	weight []float32
	// titleStart and title hold each item's title words in the same way, in the order of the title.
	titleStart []int
	title      []uint32
	terms      int
}

// weigh turns frequencies into weights.
//
// Within a group a term weighs tf/(tf+k1) · √idf, tf being the field-weighted frequency and idf = ln(1+(N−n+½)/(n+½)):
// BM25F, Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), sections 3.2 and 3.5. A
// cosine multiplies the weights of both sides, so with the root of idf on each a shared term counts its idf once, as it
// does there between query and document. BM25's length normalisation is left to the cosine. The group's vector is then
// scaled to the square root of the group's share, eased by groupEase, and the whole to length 1.
func weigh(chunks []*chunk, v *vocabulary, parts map[uint32][]part, w Weights) *vectors {
	expand(chunks, v, parts)

	entries, titles, items := 0, 0, 0
	documents := make([]int, 256) // by class of languages
	for _, c := range chunks {
		entries += len(c.entries)
		titles += len(c.titles)
		items += len(c.ends)
		at := 0
		for _, end := range c.ends {
			if end > at {
				documents[v.keys[c.entries[at].term][0]]++
			}
			at = end
		}
	}
	idf := make([]float32, len(v.keys))
	for t := range idf {
		n, total := float64(v.items[t]), float64(documents[v.keys[t][0]])
		idf[t] = float32(math.Sqrt(math.Log(1 + (total-n+0.5)/(n+0.5))))
	}
	var root [groupCount]float64
	for g, share := range [groupCount]float64{
		groupText: w.Text, groupTopic: w.Topics, groupAttribute: w.Attributes, groupBrand: w.Brand, groupBand: w.Bands,
	} {
		root[g] = math.Sqrt(share)
	}

	out := &vectors{
		start: make([]int, 1, items+1), term: make([]uint32, 0, entries), weight: make([]float32, 0, entries),
		titleStart: make([]int, 1, items+1), title: make([]uint32, 0, titles),
		terms: len(v.keys),
	}
	for _, c := range chunks {
		at := 0
		for _, end := range c.ends {
			out.add(c.entries[at:end], v, idf, &root)
			at = end
		}
		for _, end := range c.title {
			out.titleStart = append(out.titleStart, len(out.title)+end)
		}
		out.title = append(out.title, c.titles...)
		c.entries, c.titles = nil, nil
	}
	return out
}

func (out *vectors) add(entries []entry, v *vocabulary, idf []float32, root *[groupCount]float64) {
	var square, sole [groupCount]float64
	first := len(out.term)
	for _, e := range entries {
		g := v.group(e.term)
		weight := e.frequency / (e.frequency + saturation) * idf[e.term]
		if g > groupText {
			weight = e.frequency * idf[e.term]
		}
		if v.items[e.term] < 2 {
			s := float64(soleShare * weight)
			sole[g] += float64(s * s)
			continue
		}
		square[g] += float64(weight) * float64(weight)
		out.term = append(out.term, e.term)
		out.weight = append(out.weight, weight)
	}
	var factor [groupCount]float64
	total := 0.0
	for g := range factor {
		length := math.Sqrt(square[g] + sole[g])
		if length == 0 {
			continue
		}
		factor[g] = root[g] / (length + groupEase)
		total += float64(factor[g]*factor[g]) * (square[g] + sole[g])
	}
	scale := 0.0
	if total > 0 {
		scale = 1 / math.Sqrt(total)
	}
	for k := first; k < len(out.term); k++ {
		out.weight[k] *= float32(factor[v.group(out.term[k])] * scale)
	}
	out.start = append(out.start, len(out.term))
}

// expand adds to each item the parts of its compounds, and counts the parts' items anew.
func expand(chunks []*chunk, v *vocabulary, parts map[uint32][]part) {
	if len(parts) == 0 {
		return
	}
	var item []entry
	for _, c := range chunks {
		expanded := make([]entry, 0, len(c.entries)+len(c.entries)/8)
		at := 0
		for i, end := range c.ends {
			own := c.entries[at:end]
			item = append(item[:0], own...)
			for _, e := range own {
				for _, p := range parts[e.term] {
					item = append(item, entry{p.term, p.share * e.frequency})
				}
			}
			at = end
			if len(item) > len(own) {
				sortEntries(item)
				kept := item[:1]
				for _, e := range item[1:] {
					if last := &kept[len(kept)-1]; last.term == e.term {
						last.frequency += e.frequency
					} else {
						kept = append(kept, e)
					}
				}
				// Only what is new to the item makes the part more frequent.
				k := 0
				for _, e := range kept {
					for k < len(own) && own[k].term < e.term {
						k++
					}
					if k == len(own) || own[k].term != e.term {
						v.items[e.term]++
					}
				}
				item = kept
			}
			expanded = append(expanded, item...)
			c.ends[i] = len(expanded)
		}
		c.entries = expanded
	}
}
