package content

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// numbers knows which attributes of a catalogue are quantities, and turns their values into places on a scale.
type numbers struct {
	// scales holds, by attribute, the values that divide the catalogue's into equal parts, in ascending order.
	scales map[string][]float64
}

const (
	// scaleBands is the number of bands of a scale: a sixteenth of the values each.
	scaleBands = 16
	// leastValues is how many different numbers make an attribute a quantity. Fewer are sizes or counts, to be equal in.
	leastValues = 24
)

// readNumbers finds the attributes that are quantities: nearly all values are numbers, and many differ.
func readNumbers(items []catalogue.Item) *numbers {
	type values struct {
		all     []float64
		refused int
	}
	var names []string
	found := map[string]*values{}
	for i := range items {
		for _, a := range items[i].Attributes {
			v := found[a.Name]
			if v == nil {
				v = &values{}
				found[a.Name] = v
				names = append(names, a.Name)
			}
			if x, ok := parseNumber(a.Value); ok {
				v.all = append(v.all, x)
			} else {
				v.refused++
			}
		}
	}
	n := &numbers{scales: map[string][]float64{}}
	for _, name := range names {
		v := found[name]
		if 20*v.refused > len(v.all) {
			continue
		}
		slices.Sort(v.all)
		distinct := 0
		for i, x := range v.all {
			if i == 0 || x != v.all[i-1] {
				distinct++
			}
		}
		if distinct < leastValues {
			continue
		}
		edges := make([]float64, scaleBands+1)
		for k := range edges {
			edges[k] = v.all[k*(len(v.all)-1)/scaleBands]
		}
		n.scales[name] = edges
	}
	return n
}

// position returns where the attribute's value lies on its scale, 0 to scaleBands, when it has one.
func (n *numbers) position(a catalogue.Attribute) (float64, bool) {
	edges, ok := n.scales[a.Name]
	if !ok {
		return 0, false
	}
	x, ok := parseNumber(a.Value)
	if !ok {
		return 0, false
	}
	// The last band whose lower edge is not above x: edges that are equal count as passed.
	k, _ := slices.BinarySearchFunc(edges, x, func(e, x float64) int {
		if e <= x {
			return -1
		}
		return 1
	})
	k = min(max(k-1, 0), scaleBands-1)
	lower, upper := edges[k], edges[k+1]
	if upper <= lower {
		return float64(k), true
	}
	return float64(k) + min(max((x-lower)/(upper-lower), 0), 1), true
}

// parseNumber reads a value that is a number, with a decimal point or comma, and at most a short unit behind it.
func parseNumber(value string) (float64, bool) {
	value = strings.TrimSpace(value)
	end := 0
	for end < len(value) && strings.IndexByte("0123456789.,-", value[end]) >= 0 {
		end++
	}
	unit := strings.TrimSpace(value[end:])
	if end == 0 || len(unit) > 4 || strings.ContainsAny(unit, "0123456789") {
		return 0, false
	}
	digits := value[:end]
	if strings.Count(digits, ",") == 1 && !strings.Contains(digits, ".") {
		digits = strings.Replace(digits, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	return x, err == nil
}
