package audit

import "slices"

// variation is what differs between visits that are the same: places in requests, and requests that come and go.
type variation struct{ places []Place }

// Place is a place in a request that varies by itself.
type Place struct {
	Kind   Kind
	Method string
	Origin string
	Path   string  // with "*" for a segment that varies
	Part   string  // as "query id"; empty for all of it, which comes and goes
	One    *string // the values that it had; nil where it was not there
	Two    *string

	segments []string
}

// covers reports whether the place is one of what was sent.
func (p *Place) covers(s *Sent) bool {
	if p.Kind != s.Kind || p.Method != s.Method || p.Origin != s.Origin {
		return false
	}
	return slices.EqualFunc(p.segments, s.segments(), func(pattern, segment string) bool {
		return pattern == "*" || pattern == segment
	})
}

func (v *variation) has(s *Sent, part string) bool {
	return slices.ContainsFunc(v.places, func(p Place) bool { return p.Part == part && p.covers(s) })
}

// parts lists the places in which two things sent differ and which do not vary by themselves.
func (v *variation) parts(a, b *Sent) []difference {
	return slices.DeleteFunc(partsApart(a, b), func(d difference) bool { return v.has(a, d.place) || v.has(b, d.place) })
}

// sameShape reports whether paths differ only in segments that vary by themselves.
func (v *variation) sameShape(a, b *Sent) bool {
	if a.Kind != Request || b.Kind != Request || a.Method != b.Method || a.Origin != b.Origin || a.Path == b.Path {
		return false
	}
	return slices.ContainsFunc(v.places, func(p Place) bool {
		return slices.Contains(p.segments, "*") && p.covers(a) && p.covers(b)
	})
}

// learn adds what differs between two plays of the visit that does nothing.
func (v *variation) learn(one, two *play) {
	differences := compare(one, two, v)
	// Requests that have no counterpart but for one segment of their path are the same with a path that varies.
	for i, a := range differences {
		if a.place != "" || a.two != nil {
			continue
		}
		for k, b := range differences {
			if b.place != "" || b.one != nil || a.page != b.page {
				continue
			}
			if segments, ok := likePaths(a.one, b.two); ok {
				v.add(a.one, segments, partNamed(a.one, segments), &a.one.Path, &b.two.Path)
				differences[i].page, differences[k].page = -1, -1
				break
			}
		}
	}
	for _, d := range differences {
		if d.page >= 0 && !(d.place == "" && v.pathVaries(d.sent())) {
			v.add(d.sent(), d.sent().segments(), d.place, d.from, d.to)
		}
	}
	// With the paths paired, their other parts can be compared.
	for _, d := range compare(one, two, v) {
		v.add(d.sent(), d.sent().segments(), d.place, d.from, d.to)
	}
}

// likePaths returns the pattern of two paths of which one segment differs.
func likePaths(a, b *Sent) ([]string, bool) {
	one, two := a.segments(), b.segments()
	if a.Kind != Request || b.Kind != Request || a.Method != b.Method || a.Origin != b.Origin || len(one) != len(two) {
		return nil, false
	}
	apart := 0
	for i := range one {
		if one[i] != two[i] {
			one[i] = "*"
			apart++
		}
	}
	return one, apart == 1
}

func partNamed(s *Sent, pattern []string) string {
	return s.parts[slices.Index(pattern, "*")].place // the path's segments are the first parts
}

func (v *variation) pathVaries(s *Sent) bool {
	return slices.ContainsFunc(v.places, func(p Place) bool { return slices.Contains(p.segments, "*") && p.covers(s) })
}

func (v *variation) add(s *Sent, segments []string, part string, one, two *string) {
	if v.has(s, part) {
		return
	}
	for _, p := range v.places {
		if slices.Contains(p.segments, "*") && p.covers(s) {
			segments = p.segments
		}
	}
	path := ""
	if s.Kind == Request {
		path = "/" + joined(segments)
	}
	v.places = append(v.places, Place{
		Kind: s.Kind, Method: s.Method, Origin: s.Origin, Path: path, Part: part, One: one, Two: two, segments: segments,
	})
}
