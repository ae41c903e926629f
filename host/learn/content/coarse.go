package content

import (
	"cmp"
	"math"
	"slices"

	"github.com/nabij/nabij/core/pack"
)

// What a row keeps of its weights. A likeness of texts is an estimate: finer steps are noise, which does not compress (of a pack of
// 1,000 items an eighth was that), and between two that are about as like the more popular one may well go first.
const (
	// weightLevels is how many weights a row can have. A pack's own steps, of which there are 255, are a multiple.
	weightLevels = 15
	// mostSteps is how many steps an octave has for the largest weight of a row.
	mostSteps = 4
)

// coarsen rounds the weights of a row, and puts those that became equal in order of item.
func coarsen(row []pack.Neighbour) {
	largest := 0.0
	for _, n := range row {
		largest = max(largest, n.Weight)
	}
	fraction, exponent := math.Frexp(largest) // from 1/2 to 1
	most := math.Ldexp(math.Round(fraction*2*mostSteps)/(2*mostSteps), exponent)
	for i := range row {
		level := max(1, math.Round(weightLevels*math.Sqrt(row[i].Weight/largest))) / weightLevels
		row[i].Weight = most * (level * level)
	}
	slices.SortFunc(row, func(a, b pack.Neighbour) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Item, b.Item))
	})
}
