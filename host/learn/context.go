package learn

import "github.com/nabij/nabij/core/pack"

// Context is what a log says of the context in which a session began: of each dimension the class, or 0 where it does not say.
type Context struct {
	Daypart, Day, Device, Region, Referrer pack.Class
}

// classes returns the classes that are known, in order.
func (c Context) classes() []pack.Class {
	var known []pack.Class
	for _, class := range [...]pack.Class{c.Daypart, c.Day, c.Device, c.Region, c.Referrer} {
		if class != 0 {
			known = append(known, class)
		}
	}
	return known
}
