package moment

import (
	"sync"
	"time"
)

// daypartHours is how long a daypart is.
const daypartHours = 6

// locations keeps the zones that were asked for by their names: there are some hundreds.
var locations sync.Map

// location returns a zone, or nil where there is none of that name. "Local" is none: it is the server's.
func location(name string) *time.Location {
	if name == "" || name == "Local" {
		return nil
	}
	if known, ok := locations.Load(name); ok {
		return known.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	locations.Store(name, l)
	return l
}

// KnowsZone reports whether there is a zone of that name. A system without a database of them has none; a program brings its own by
// importing time/tzdata.
func KnowsZone(name string) bool { return location(name) != nil }

// Left returns how long a class's daypart lasts from now on; 0 where the zone is not known, and with it no end.
func Left(zone string, now time.Time) time.Duration {
	l := location(zone)
	if l == nil {
		return 0
	}
	local := now.In(l)
	y, m, d := local.Date()
	return time.Date(y, m, d, (local.Hour()/daypartHours+1)*daypartHours, 0, 0, 0, l).Sub(now)
}
