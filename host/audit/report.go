package audit

import (
	"cmp"
	"fmt"
	"slices"
)

// Report is what an audit found.
type Report struct {
	Site     string
	Pages    []string
	Visits   []string // those that did something
	Requests int      // of the visit that does nothing
	Hosts    int      // that they went to
	Nabij    bool     // Nabij's script was on a page
	// Findings depend on what the visitor does: they came in two plays of the visit, and in none of three that do nothing.
	Findings []Finding
	// Once came in one of two plays, so they may vary by themselves, rarely, or depend on behaviour and chance.
	Once []Finding
	// Varies is what differs between visits that are the same. In these places nothing can be judged.
	Varies []Place
	// Unanswered are the hosts that could not be reached, so that pages may have done less than they do elsewhere.
	Unanswered []Unanswered
}

// Finding is something that another visit sends than the one that does nothing.
type Finding struct {
	Visit  string
	Page   string
	Kind   Kind
	Method string
	URL    string // in the visit; in the control if the visit does not send it
	// Change is "added" or "missing" of all of it, and "changed" of a part.
	Change string
	Part   string  // as "query id"; of what was added or missing, empty
	From   *string // the part's value in the visit that does nothing; nil where it is not there
	To     *string // its value in this visit
	Body   string  // of a request that was added, and what it sent over a WebSocket
}

// Unanswered is a host that gave no answer.
type Unanswered struct{ Origin, Error string }

// judge sorts what a visit has shown twice from what it has shown once.
func (r *Report) judge(visit string, pages []string, first, second []difference, v *variation) {
	change := func(d difference) string {
		if d.one == nil {
			return "added"
		} else if d.two == nil {
			return "missing"
		}
		return "changed"
	}
	// What is the same in two plays is known by its address, without the query: that may be at random.
	keys := func(all []difference) (keys []string) {
		count := map[string]int{}
		for _, d := range all {
			key := change(d) + " " + d.place + " on " + pages[d.page] + " " + d.sent().key()
			count[key]++
			keys = append(keys, fmt.Sprint(key, count[key]))
		}
		return keys
	}
	first = slices.DeleteFunc(first, func(d difference) bool { return v.has(d.sent(), d.place) }) // which may be known by now
	one, two := keys(first), keys(second)
	tell := func(d difference, twice bool) {
		s := d.sent()
		f := Finding{
			Visit: visit, Page: pages[d.page], Kind: s.Kind, Method: s.Method, URL: s.URL(),
			Change: change(d), Part: d.place, From: d.from, To: d.to,
		}
		if f.Change == "added" {
			f.Body = s.body()
		}
		if twice {
			r.Findings = append(r.Findings, f)
		} else {
			r.Once = append(r.Once, f)
		}
	}
	for i, d := range first {
		tell(d, slices.Contains(two, one[i]))
	}
	for i, d := range second {
		if !slices.Contains(one, two[i]) {
			tell(d, false)
		}
	}
	order := func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(r.Visits, a.Visit), slices.Index(r.Visits, b.Visit)),
			cmp.Compare(slices.Index(pages, a.Page), slices.Index(pages, b.Page)),
		)
	}
	slices.SortStableFunc(r.Findings, order)
	slices.SortStableFunc(r.Once, order)
}
