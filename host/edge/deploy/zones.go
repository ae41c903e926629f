package deploy

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/nabij/nabij/wasm/edge/worker"
)

// zoneNames are the names of time zones that tzdata 2025b lists by country, in zone.tab: what those who know where visitors are tell of them.
//
//go:embed zones.txt
var zoneNames string

// zoneMonths is how many months the Worker knows the zones for, from the month that now is in.
const zoneMonths = 14

// quarter is what offsets and the times at which they change are multiples of.
const quarter = 15 * 60

// zonesOf returns the offsets of time zones from the beginning of now's month on. It is the same all month, so that what is made again does not differ.
func zonesOf(now time.Time) worker.Zones {
	from := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	until := from.AddDate(0, zoneMonths, 0)
	var order []string
	names := map[string][]string{}
	for name := range strings.FieldsSeq(zoneNames) {
		offsets, ok := offsetsOf(name, from, until)
		if !ok {
			continue
		}
		if names[offsets] == nil {
			order = append(order, offsets)
		}
		names[offsets] = append(names[offsets], name)
	}
	var b strings.Builder
	for _, offsets := range order {
		fmt.Fprintf(&b, " %s =%s\n", strings.Join(names[offsets], " "), offsets)
	}
	return worker.Zones{FromMS: from.UnixMilli(), UntilMS: until.UnixMilli(), Offsets: b.String()}
}

// offsetsOf returns a zone's offset, and when it changes, and to what, in quarters of an hour; false where there is no such zone, or it is none of
// whole quarters.
func offsetsOf(name string, from, until time.Time) (string, bool) {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	last := 0
	for at := from.In(zone); at.Before(until); {
		_, offset := at.Zone()
		if offset%quarter != 0 || at.Unix()%quarter != 0 {
			return "", false
		}
		switch {
		case b.Len() == 0:
			fmt.Fprint(&b, offset/quarter)
		case offset != last:
			fmt.Fprint(&b, " ", at.Unix()/quarter, " ", offset/quarter)
		}
		last = offset
		_, at = at.ZoneBounds()
		if at.IsZero() {
			break
		}
	}
	return b.String(), true
}
