package learn

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
)

// clock reads times, and tells the hour of a shop's day.
type clock struct {
	// zone is that of times that name none, and of the shop's day; nil is UTC for the one, and not known for the other.
	zone *time.Location
}

// moment is a time as a log tells it.
type moment struct {
	unix int64 // seconds
	east int32 // of UTC, in seconds, if the time says so; 0 if it is in UTC or does not say
}

// timeLayouts are those of times that are no numbers. Parts of a second may follow the seconds.
var timeLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 MST", time.DateOnly,
}

// accessTime is how web servers write times.
const accessTime = "02/Jan/2006:15:04:05 -0700"

// parse reads a time: seconds, milliseconds or microseconds since 1970, a date as 20261125, or a date and time. With utc, what names no
// zone is in UTC whatever the clock's zone.
func (c clock) parse(s string, utc bool) (moment, error) {
	if n, ok := seconds(s); ok {
		return moment{unix: n}, nil
	}
	s = strings.TrimSpace(s)
	loc := c.zone
	if utc || loc == nil {
		loc = time.UTC
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && isDate(n) {
		return c.date(s, "20060102", loc)
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return unixMoment(s, n)
	}
	if len(s) > 2 && s[2] == '/' {
		if m, err := c.date(s, accessTime, loc); err == nil || m != (moment{}) {
			return m, err
		}
	}
	for _, layout := range timeLayouts {
		if m, err := c.date(s, layout, loc); err == nil || m != (moment{}) {
			return m, err
		}
	}
	return moment{}, fmt.Errorf("time %q is no time; want seconds since 1970, or a date and time as in 2026-11-25T09:00:00Z", s)
}

// seconds returns a time that is a whole number of seconds, as most are: of nine or ten digits, so no date.
func seconds(s string) (n int64, ok bool) {
	if len(s) != 9 && len(s) != 10 {
		return 0, false
	}
	for k := range len(s) {
		digit := s[k] - '0'
		if digit > 9 {
			return 0, false
		}
		n = 10*n + int64(digit)
	}
	return n, true
}

// isDate reports whether a number looks like the date that it would be without hyphens: as seconds it would be of 1970.
func isDate(n int64) bool {
	month, day := n/100%100, n%100
	return n >= 1990_01_01 && n <= 2099_12_31 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// unixMoment returns the moment of a number of seconds, milliseconds or microseconds.
func unixMoment(s string, n float64) (moment, error) {
	switch {
	case n < 0:
		return moment{}, fmt.Errorf("time %q is negative; want seconds since 1970, or a date and time", s)
	case n != n:
		return moment{}, fmt.Errorf("time %q is no time; want seconds since 1970, or a date and time", s)
	case n >= 1e17:
		return moment{}, fmt.Errorf("time %q is no time; want seconds, milliseconds or microseconds since 1970", s)
	case n >= 1e14:
		n /= 1e6
	case n >= 1e11:
		n /= 1e3
	}
	return moment{unix: int64(n)}, nil
}

// date reads a time by a layout. What fits the layout and is no time all the same gives a moment that is not zero beside the error.
func (c clock) date(s, layout string, loc *time.Location) (moment, error) {
	t, err := time.ParseInLocation(layout, s, loc)
	if err != nil {
		return moment{}, err
	}
	m := moment{unix: t.Unix()}
	if t.Location() != loc {
		zone, east := t.Zone()
		if m.east = int32(east); east == 0 && zone != "UTC" && zone != "GMT" && zone != "" {
			return m, fmt.Errorf("time %q names a zone that is not the shop's; write it as in +01:00, or say --zone", s)
		}
	}
	if m.unix < 0 {
		return m, fmt.Errorf("time %q is before 1970", s)
	}
	return m, nil
}

// classes returns the daypart and the kind of day, in the shop's zone, or else in that which the time names. UTC is what machines write
// whatever the hour is around them, so a time that is in it says nothing of that.
func (c clock) classes(m moment) (daypart, day pack.Class) {
	t := time.Unix(m.unix, 0)
	switch {
	case c.zone != nil:
		t = t.In(c.zone)
	case m.east != 0:
		t = t.UTC().Add(time.Duration(m.east) * time.Second)
	default:
		return 0, 0
	}
	day = pack.Weekday
	if d := t.Weekday(); d == time.Saturday || d == time.Sunday {
		day = pack.Weekend
	}
	return pack.Night + pack.Class(t.Hour()/6), day
}
