package content

import (
	"encoding/binary"
	"math"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
)

// group says what a term was made from. It is the second byte of a term's key.
type group uint8

const (
	groupText group = iota
	groupTopic
	groupAttribute
	groupBrand
	groupBand

	groupCount
)

// Frequencies of one occurrence of a word, by the field it stands in: the field weights of BM25F, with the title's at 1.
const (
	titleFrequency       = 1
	attributeFrequency   = 0.4
	topicFrequency       = 0.4
	descriptionFrequency = 0.2

	// A bare number says little: "1" of a series, "12" of a pack. A part of a hyphenated word says less than the whole.
	numberFactor = 0.3
	partFactor   = 0.5
)

// descriptionWords is how many words of a description count. Its beginning says what the item is; the rest is how to
// wash it and when it is sent.
const descriptionWords = 40

// longestAttribute is the length in bytes from which an attribute's value is prose, not a fact to be equal in.
const longestAttribute = 80

// entry is a term of an item with its frequency.
type entry struct {
	term      uint32
	frequency float32
}

// chunk is the documents of consecutive items, with a dictionary of their own, so that chunks are made at the same time
// and give the same terms whoever makes them.
type chunk struct {
	keys      []string // of the chunk's terms, by local term
	languages []uint8  // bit l: the term occurred in a text of language l
	lookup    map[string]uint32

	entries []entry // of all items, one after the other, sorted by local term within an item
	ends    []int   // ends[i] is where item i's entries end
	titles  []uint32
	title   []int // title[i] is where item i's title terms end
}

// chunkItems is the number of items of a chunk. It is fixed, so that chunks do not depend on the number of workers.
const chunkItems = 1024

// reader makes the documents of one chunk.
type reader struct {
	*chunk
	prefix   byte // the item's class of languages
	language words.Language
	numbers  *numbers
	stems    map[stemKey]string
	key      []byte
	item     []entry          // of the item at hand, unsorted
	place    map[uint32]int32 // local term → place in item
}

type stemKey struct {
	language words.Language
	word     string
}

// readChunk returns the documents of items. Item i has language class classes[i] and is written in languages[i];
// sensitive items have no terms.
func readChunk(items []catalogue.Item, classes []uint8, languages []words.Language, n *numbers) *chunk {
	r := &reader{
		chunk:   &chunk{lookup: make(map[string]uint32, 4*len(items))},
		numbers: n,
		stems:   make(map[stemKey]string, 4*len(items)),
		place:   make(map[uint32]int32, 128),
	}
	for i := range items {
		r.prefix, r.language = classes[i], languages[i]
		if !items[i].Sensitive {
			r.read(&items[i])
		}
		r.ends = append(r.ends, len(r.entries))
		r.title = append(r.title, len(r.titles))
	}
	r.lookup = nil
	return r.chunk
}

func (r *reader) read(item *catalogue.Item) {
	r.item = r.item[:0]
	clear(r.place)

	titleAt := len(r.titles)
	r.text(item.Title, titleFrequency, -1, func(term uint32) {
		for _, t := range r.titles[titleAt:] {
			if t == term {
				return
			}
		}
		r.titles = append(r.titles, term)
	})
	for _, path := range item.Topics {
		r.topics(path)
	}
	for _, a := range item.Attributes {
		r.attribute(a)
	}
	if item.Brand != "" {
		r.add(groupBrand, foldSpaces(item.Brand), 1)
	}
	if item.Price.Minor > 0 {
		// Bands of half an octave: 50 and 70 are a band apart, in any currency.
		r.band("price "+item.Price.Currency, 2*math.Log2(float64(item.Price.Minor)))
	}
	r.text(item.Description, descriptionFrequency, descriptionWords, nil)

	sortEntries(r.item)
	r.entries = append(r.entries, r.item...)
}

// text adds the words of a text, at most limit of them unless it is negative, and calls each with the terms of whole
// words.
func (r *reader) text(text string, frequency float32, limit int, each func(term uint32)) {
	// Words are wanted, so what lies far beyond them need not be split: 12 bytes a word is ample.
	if limit >= 0 && len(text) > 24*limit {
		text = text[:24*limit]
	}
	words.Split(text, func(t words.Token) {
		if limit == 0 || t.Form <= words.Part && (len(t.Text) < 2 || words.IsStop(r.language, t.Text)) {
			return
		}
		limit--
		f := frequency
		switch t.Form {
		case words.Number:
			f *= numberFactor
		case words.Part:
			f *= partFactor
		}
		stem := t.Text
		if t.Form <= words.Part {
			stem = r.stem(t.Text)
		}
		term := r.add(groupText, stem, f)
		if each != nil && t.Form != words.Part {
			each(term)
		}
	})
}

// topics adds each topic of a path, and the words of their names.
func (r *reader) topics(path []string) {
	var key strings.Builder
	for _, name := range path {
		key.WriteString(foldSpaces(name))
		key.WriteByte('>')
		r.addOnce(groupTopic, key.String())
	}
	if len(path) > 0 {
		r.text(path[len(path)-1], topicFrequency, -1, nil)
	}
}

// attribute adds a fact: as a place on a scale when the catalogue's values of it are numbers, else as it is, with its
// words.
func (r *reader) attribute(a catalogue.Attribute) {
	if position, ok := r.numbers.position(a); ok {
		r.band(a.Name, position)
		return
	}
	if len(a.Value) <= longestAttribute {
		r.addOnce(groupAttribute, a.Name+"="+foldSpaces(a.Value))
	}
	r.text(a.Value, attributeFrequency, descriptionWords, nil)
}

// band adds the two bands of a scale nearest to a position, each by its closeness, so that two items a little apart
// always have a band in common.
func (r *reader) band(scale string, position float64) {
	lower := math.Floor(position)
	part := position - lower
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(int64(lower)))
	r.add(groupBand, scale+string(b[:]), float32(1-part))
	binary.BigEndian.PutUint64(b[:], uint64(int64(lower)+1))
	r.add(groupBand, scale+string(b[:]), float32(part))
}

// add counts a term of the item at hand.
func (r *reader) add(g group, text string, frequency float32) uint32 {
	term := r.term(g, text)
	if frequency <= 0 {
		return term
	}
	if at, ok := r.place[term]; ok {
		r.item[at].frequency += frequency
		return term
	}
	r.place[term] = int32(len(r.item))
	r.item = append(r.item, entry{term, frequency})
	return term
}

// addOnce is add for a term that counts once, however often it is said.
func (r *reader) addOnce(g group, text string) {
	if _, ok := r.place[r.term(g, text)]; !ok {
		r.add(g, text, 1)
	}
}

// term returns the chunk's number for a term.
func (r *reader) term(g group, text string) uint32 {
	r.key = append(append(r.key[:0], r.prefix, byte(g)), text...)
	term, ok := r.lookup[string(r.key)]
	if !ok {
		term = uint32(len(r.keys))
		key := string(r.key)
		r.lookup[key] = term
		r.keys = append(r.keys, key)
		r.languages = append(r.languages, 0)
	}
	r.languages[term] |= 1 << r.language
	return term
}

// stem is words.Stem with a memory, since a catalogue says the same words over and over.
func (r *reader) stem(word string) string {
	k := stemKey{r.language, word}
	s, ok := r.stems[k]
	if !ok {
		s = words.Stem(r.language, word)
		r.stems[k] = s
	}
	return s
}

// foldSpaces folds case, accents and runs of spaces, so that what was typed differently is equal.
func foldSpaces(s string) string { return words.Fold(strings.Join(strings.Fields(s), " ")) }

// sortEntries sorts by term: insertion sort, for there are some dozens.
func sortEntries(e []entry) {
	for i := 1; i < len(e); i++ {
		for j := i; j > 0 && e[j].term < e[j-1].term; j-- {
			e[j], e[j-1] = e[j-1], e[j]
		}
	}
}
