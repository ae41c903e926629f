package content

import (
	"fmt"
	"math"
	"runtime"

	"github.com/nabij/nabij/core/pack"
)

// Options says what rows should be like. The zero value is what most sites want.
type Options struct {
	// Neighbours is the most neighbours of a row, up to pack.MaxNeighbours. 0 is DefaultNeighbours.
	Neighbours int
	// OtherKinds is the most of a product's row that goes to guides, reviews and other items that are no products, 0 to
	// 1. 0 is DefaultOtherKinds; a negative value keeps products' rows to products.
	OtherKinds float64
	// Diversity is how much a near-duplicate of chosen neighbours gives way, see spread in neighbour.go. 0 is
	// DefaultDiversity; a negative value lets near-duplicates fill a row. From 2 on a second one is hardly ever chosen.
	Diversity float64
	// MinScore is the least cosine, 0 to 1, that makes a neighbour: below it a shorter row tells more than a fuller one.
	// 0 is DefaultMinScore.
	MinScore float64
	// Weights balances what items are compared by. The zero value is DefaultWeights.
	Weights Weights
	// Language is a BCP 47 tag for the words of items that name no language; when it is empty their language is guessed
	// from their stop words, and then from those of the whole catalogue. It does not narrow who is whose neighbour.
	Language string
	// Workers is how many goroutines work; 0 is one for each processor. Results do not depend on it.
	Workers int
	// Progress, if set, is called now and then with the number of items whose rows are done; never twice at once.
	Progress func(done, total int)

	wholeWords bool // compounds are not split: for measuring what it brings
}

// What the zero values of Options stand for.
const (
	DefaultNeighbours = 30
	DefaultOtherKinds = 0.25
	DefaultDiversity  = 0.5
	DefaultMinScore   = 0.1
)

// Weights is the share of each group of terms in the similarity of two items that have all of them. Only ratios
// matter; 0 leaves a group out. An item that lacks a group is compared by the others.
type Weights struct {
	// Text is for the words of titles, topics, attribute values and descriptions.
	Text float64
	// Topics is for each topic on the item's paths, parents included.
	Topics float64
	// Attributes is for equal values of the same attribute.
	Attributes float64
	// Brand is for the same brand.
	Brand float64
	// Bands is for close prices, and close values of attributes that are numbers.
	Bands float64
}

// DefaultWeights returns the balance that was chosen by looking at the rows of shops of different kinds.
func DefaultWeights() Weights {
	return Weights{Text: 50, Topics: 20, Attributes: 12, Brand: 8, Bands: 10}
}

// withDefaults returns o with every zero value replaced, or an error that names the field out of range.
func (o Options) withDefaults() (Options, error) {
	if o.Neighbours == 0 {
		o.Neighbours = DefaultNeighbours
	}
	if o.OtherKinds == 0 {
		o.OtherKinds = DefaultOtherKinds
	}
	if o.Diversity == 0 {
		o.Diversity = DefaultDiversity
	}
	if o.MinScore == 0 {
		o.MinScore = DefaultMinScore
	}
	if o.Weights == (Weights{}) {
		o.Weights = DefaultWeights()
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.OtherKinds, o.Diversity = max(o.OtherKinds, 0), max(o.Diversity, 0)
	if o.Neighbours < 1 || o.Neighbours > pack.MaxNeighbours {
		return o, fmt.Errorf("content: Neighbours %d, want 1 to %d", o.Neighbours, pack.MaxNeighbours)
	}
	if !(o.OtherKinds <= 1) {
		return o, fmt.Errorf("content: OtherKinds %v, want at most 1", o.OtherKinds)
	}
	if !(o.MinScore > 0 && o.MinScore < 1) {
		return o, fmt.Errorf("content: MinScore %v, want more than 0 and less than 1", o.MinScore)
	}
	w := o.Weights
	for _, v := range []float64{w.Text, w.Topics, w.Attributes, w.Brand, w.Bands, o.Diversity} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return o, fmt.Errorf("content: Weights and Diversity must be finite and not negative, got %v", v)
		}
	}
	return o, nil
}
