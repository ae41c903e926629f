package learn

import "github.com/nabij/nabij/core/pack"

// dimensions are, for each class that a context has at most one of, the first and the last.
var dimensions = [...]struct{ first, last pack.Class }{
	{pack.Night, pack.Evening}, {pack.Weekday, pack.Weekend}, {pack.Phone, pack.Desktop},
	{pack.Region1, pack.Region8}, {pack.ReferrerNone, pack.ReferrerOther},
}

// ParseClass returns the class of that name, such as "evening" or "region-1", and whether there is one.
func ParseClass(name string) (pack.Class, bool) {
	for c := pack.Class(1); c < pack.ClassCount; c++ {
		if c.String() == name {
			return c, true
		}
	}
	return 0, false
}
