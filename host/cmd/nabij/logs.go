package main

import (
	"time"
	_ "time/tzdata" // for machines that have none

	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/learn"
)

// logFlags say how logs are read.
type logFlags struct {
	gap  time.Duration
	zone string
}

func (f *logFlags) register(fl *pflag.FlagSet) {
	fl.DurationVar(&f.gap, "gap", learn.DefaultGap, "how long a visitor is away before a new session begins")
	fl.StringVar(&f.zone, "zone", "", "the shop's time zone, such as Europe/Amsterdam: of its day, and of times that name none")
}

// options returns how logs are read, with the progress shown by a bar.
func (f *logFlags) options(bar *progress) (learn.ReadOptions, error) {
	opt := learn.ReadOptions{Gap: f.gap, Progress: func(done, total int64) { bar.show(reading, done, total) }}
	if f.gap < time.Second {
		return opt, usagef("--gap: got %s, want a second or more", f.gap)
	}
	if f.zone != "" {
		zone, err := time.LoadLocation(f.zone)
		if err != nil || f.zone == "Local" {
			return opt, usagef("--zone: no time zone is called %q; want a name such as Europe/Amsterdam", f.zone)
		}
		opt.Zone = zone
	}
	return opt, nil
}
