package report

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"gonum.org/v1/plot/plotter"

	"github.com/nabij/nabij/host/eval"
)

// plotOf draws a plot of a page by its name.
func plotOf(name string, p *Page) (template.HTML, error) {
	switch name {
	case "methods":
		return drawMethods(&p.Summary)
	case "lengths":
		return drawLengths(p.Top().ByLength)
	case "bytes":
		return drawBytes(p.Curves.ByNeighbours)
	case "thresholds":
		return drawThresholds(p.Curves.ByThreshold)
	}
	return "", fmt.Errorf("report: there is no plot %q", name)
}

// drawMethods draws the hit rates of the pack's layers, the other pack and other methods.
func drawMethods(s *eval.Summary) (template.HTML, error) {
	var all []bar
	var about strings.Builder
	add := func(name string, r *eval.Result, ours bool) {
		at := r.At[len(r.At)-1]
		all = append(all, bar{name, at.HitRate, at.HitRateInterval, ours})
		fmt.Fprintf(&about, "%s %.3f. ", name, at.HitRate)
	}
	for _, r := range s.Layers {
		add(fmt.Sprint("layer ", r.Layer), r, true)
	}
	if s.Against != nil {
		add("the other pack", s.Against.Result, false)
	}
	for _, c := range s.Compared {
		add(c.Method, c.Result, false)
	}
	return drawBars("Hit rates", about.String(), "hit rate", all)
}

// drawLengths draws hit rate and MRR by the length of the visit.
func drawLengths(parts []eval.Part) (template.HTML, error) {
	var names []string
	var hits, mrr series
	for k, p := range parts {
		names = append(names, p.Name)
		hits.values = append(hits.values, plotter.XY{X: float64(k), Y: p.HitRate})
		mrr.values = append(mrr.values, plotter.XY{X: float64(k), Y: p.MRR})
	}
	return drawLines("Quality by the length of the visit", about(names, hits, mrr), "items met before", names, hits, mrr)
}

// drawBytes draws hit rate and MRR of packs of several lengths of rows by their bytes.
func drawBytes(points []eval.Point) (template.HTML, error) {
	var names []string
	for _, at := range points {
		names = append(names, strconv.Itoa(at.Neighbours))
	}
	hits, mrr := curves(points, func(k int) float64 { return float64(points[k].Bytes) / 1000 })
	hits.labels = names
	return drawLines("Quality by the bytes of the pack; of rows of length", about(names, hits, mrr), "kB that rank", nil, hits, mrr)
}

// drawThresholds draws hit rate and MRR of packs of several least numbers of sessions.
func drawThresholds(points []eval.Point) (template.HTML, error) {
	var names []string
	for _, at := range points {
		names = append(names, strconv.Itoa(at.MinSessions))
	}
	hits, mrr := curves(points, func(k int) float64 { return float64(k) })
	return drawLines("Quality by the least number of sessions", about(names, hits, mrr), "least number of sessions", names, hits, mrr)
}

// curves are hit rate and MRR of packs, the k-th at x(k).
func curves(points []eval.Point, x func(k int) float64) (hits, mrr series) {
	for k, p := range points {
		hits.values = append(hits.values, plotter.XY{X: x(k), Y: p.At.HitRate})
		hits.intervals = append(hits.intervals, p.At.HitRateInterval)
		mrr.values = append(mrr.values, plotter.XY{X: x(k), Y: p.At.MRR})
		mrr.intervals = append(mrr.intervals, p.At.MRRInterval)
	}
	return hits, mrr
}

// about says in words what lines show.
func about(names []string, hits, mrr series) string {
	var b strings.Builder
	for k, name := range names {
		fmt.Fprintf(&b, "%s: hit rate %.3f, MRR %.3f. ", name, hits.values[k].Y, mrr.values[k].Y)
	}
	return b.String()
}
