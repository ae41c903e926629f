package report

import (
	"encoding/json"
	"strconv"

	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/internal/figures"
	"github.com/nabij/nabij/host/learn"
)

// group are parts of the next items, and what they are parted by.
type group struct {
	Title string
	Parts []eval.Part
}

func groupsOf(r *eval.Result) (groups []group) {
	if r.Novel != nil {
		at := r.Novel.At[len(r.Novel.At)-1]
		groups = append(groups, group{"In the visit", []eval.Part{{Name: "new to it", Predictions: r.Novel.Predictions, HitRate: at.HitRate, MRR: at.MRR, NDCG: at.NDCG}}})
	}
	for _, g := range []group{
		{"Items that the visit has met before", r.ByLength},
		{"Place among the pack’s items, by popularity", r.ByPopularity},
		{"Sessions of the training log that have met the item", r.BySupport},
		{"Days since the training log first met it", r.ByAge},
	} {
		if len(g.Parts) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// params returns parameters as a file for --params has them.
func params(p learn.Params) (string, error) {
	text, err := json.MarshalIndent(p, "", "  ")
	return string(text), err
}

// optional returns a figure, or a dash where there is none.
func optional(x *float64) string {
	if x == nil {
		return "–"
	}
	return figure(*x)
}

func figure(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

// count returns a number with its thousands apart, and a noun, if any, in its number.
func count(n int, noun string) string {
	const space = "\u00a0"
	if noun == "" {
		return figures.Grouped(n, space)
	}
	return figures.Counted(n, noun, space)
}
