package report

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/nabij/nabij/host/eval"
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
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	switch {
	case noun == "":
		return s
	case n == 1:
		return s + " " + noun
	}
	return s + " " + noun + "s"
}

// size returns a number of bytes in decimal units.
func size(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1_000_000)
}
