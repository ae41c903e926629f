package audit

import (
	"slices"
	"strings"
)

// difference is something that two visits have not both sent on a page. Only one of the requests is there when the other
// visit sent nothing of the kind; place is then empty.
type difference struct {
	page     int
	one, two *Sent
	place    string
	from, to *string // the values in one and two; nil where the place is not there
}

// sent returns what the difference is of.
func (d difference) sent() *Sent {
	if d.two != nil {
		return d.two
	}
	return d.one
}

// compare returns what differs between two plays, apart from what varies by itself.
func compare(one, two *play, v *variation) []difference {
	var all []difference
	for page := range one.pages {
		all = append(all, comparePage(page, one.pages[page], two.pages[page], v)...)
	}
	return all
}

func comparePage(page int, one, two []*Sent, v *variation) []difference {
	one, two = slices.Clone(one), slices.Clone(two)
	var all []difference
	// What is alike, byte for byte, goes first; then what has the same address; then what has nearly the same.
	for _, alike := range []func(a, b *Sent) bool{
		func(a, b *Sent) bool { return a.key() == b.key() && a.raw == b.raw },
		func(a, b *Sent) bool { return a.key() == b.key() },
		func(a, b *Sent) bool { return v.sameShape(a, b) },
	} {
		for i := 0; i < len(two); i++ {
			best, least := -1, 0
			for k, candidate := range one {
				if candidate == nil || !alike(candidate, two[i]) {
					continue
				}
				if n := len(v.parts(candidate, two[i])); best < 0 || n < least {
					best, least = k, n
				}
			}
			if best < 0 {
				continue
			}
			for _, d := range v.parts(one[best], two[i]) {
				d.page, d.one, d.two = page, one[best], two[i]
				all = append(all, d)
			}
			one, two = slices.Delete(one, best, best+1), slices.Delete(two, i, i+1)
			i--
		}
	}
	for _, s := range one {
		if !v.has(s, "") {
			all = append(all, difference{page: page, one: s})
		}
	}
	for _, s := range two {
		if !v.has(s, "") {
			all = append(all, difference{page: page, two: s})
		}
	}
	return all
}

// key is what two things sent have in common to be compared part by part.
func (s *Sent) key() string { return string(s.Kind) + " " + s.Method + " " + s.Origin + s.Path }

// segments returns the path's segments.
func (s *Sent) segments() []string { return strings.Split(strings.TrimPrefix(s.Path, "/"), "/") }

// partsApart lists the places in which two things sent differ.
func partsApart(a, b *Sent) []difference {
	if a.raw == b.raw {
		return nil
	}
	var all []difference
	values := map[string]*string{}
	for _, p := range a.parts {
		values[p.place] = &p.value
	}
	for _, p := range b.parts {
		from := values[p.place]
		delete(values, p.place)
		if from == nil || *from != p.value {
			all = append(all, difference{place: p.place, from: from, to: &p.value})
		}
	}
	for _, p := range a.parts {
		if values[p.place] != nil {
			all = append(all, difference{place: p.place, from: &p.value})
		}
	}
	all = slices.DeleteFunc(all, sameNames)
	if len(all) == 0 && !a.masked && !b.masked {
		all = append(all, difference{place: "spelling", from: &a.raw, to: &b.raw})
	}
	return all
}

// sameNames reports whether two lists of names differ only by names that one of them has not: those have parts of their own.
func sameNames(d difference) bool {
	if !strings.HasPrefix(d.place, "names ") || d.from == nil || d.to == nil {
		return strings.HasPrefix(d.place, "names ")
	}
	from, to := strings.Split(*d.from, ", "), strings.Split(*d.to, ", ")
	lacking := func(names []string) func(string) bool {
		return func(name string) bool { return !slices.Contains(names, name) }
	}
	return slices.Equal(slices.DeleteFunc(slices.Clone(from), lacking(to)), slices.DeleteFunc(to, lacking(from)))
}
