package learn

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/nabij/nabij/core/pack"
)

// Default values of ReadOptions.
const (
	DefaultGap        = 30 * time.Minute
	DefaultMostEvents = 1_000
)

// ReadOptions say how a log is read. The zero value is usable.
type ReadOptions struct {
	// Gap is how long a visitor must be away for a new session to begin, in logs that name visitors and not sessions. 0 is DefaultGap.
	Gap time.Duration
	// MostEvents is how many events a session has at most: what has more is taken for a machine, and left out. 0 is
	// DefaultMostEvents.
	MostEvents int
	// Zone is the shop's time zone: that of times that name none, and of the hour and the day in which a session began. Without it the former
	// are in UTC, and the latter are known of times that name a zone other than UTC alone.
	Zone *time.Location
	// Regions are the classes of countries, by their ISO 3166 codes of two letters. Countries that are not there have none.
	Regions map[string]pack.Class
	// Now is the time after which no event can have been, but for a day that clocks and zones may be off. The zero time is now.
	Now time.Time
	// Before, if set, is the state of earlier sessions that those read come after: no event may be of its time, or it would count twice. A
	// session that goes on from there is another one.
	Before *State
	// Progress, if set, is called now and then with how many bytes of the file at hand have been read, and how many it has.
	Progress func(done, total int64)
}

// Report says what was found in logs.
type Report struct {
	// Events are those of all sessions, Sessions those with more than one of them: the others tell of no pair.
	Events, Sessions, Single int
	// Machines are sessions that were left out because they have too many events, and MachineEvents these.
	Machines, MachineEvents int
	// Visitors says that the log names visitors, whose sessions were parted by Gap.
	Visitors bool
	// Baskets says that the log is of baskets or orders: most sessions have all their events at one time.
	Baskets bool
	// First and Last are the times of the first and the last event.
	First, Last time.Time
}

// ErrLog is wrapped by every error that speaks of what a log says.
var ErrLog = errors.New("log")

// Read reads logs of page views, orders or anything else that visitors meet items by: tables with a header row (CSV, or with tabs or
// semicolons), or JSON Lines, either compressed with gzip or not. Each row or object is an event, and has
//
//	session_id   (session, visit_id, visit, order_id, transaction_id, invoice), or of who made several visits
//	visitor_id   (visitor, user_id, client_id, customer_id, user_pseudo_id)
//	item_id      (item, product_id, sku, stock_code)
//	unix_time_s  (unix_time, timestamp, time, event_time, created_at, date): seconds, milliseconds or microseconds of Unix
//	             time, or a date and time as in 2026-11-25T09:00:00Z; without a zone it is UTC, or in ReadOptions.Zone
//
// What else it has tells of the context in which a session began, where it stands at the session's first event:
//
//	device       (device_category, device_type) mobile, tablet or desktop; or of the browser
//	user_agent   (useragent, ua, http_user_agent)
//	country      (country_code, geo_country) a code of ISO 3166, or a name in English
//	medium       (utm_medium, referrer_medium) such as organic, email, social or (none), or by what page the visit came
//	referrer     (referer, referrer_url, referer_url, http_referer, page_referrer) its URL
//
// Events of one session or visitor must stand in the order of their times, whatever stands between them. An error says which line of which file is
// wrong; then nothing of what was read is returned.
func Read(ctx context.Context, names []string, opt ReadOptions) (*Visits, Report, error) {
	if opt.Gap <= 0 {
		opt.Gap = DefaultGap
	}
	if opt.MostEvents <= 0 {
		opt.MostEvents = DefaultMostEvents
	}
	if opt.Now.IsZero() {
		opt.Now = time.Now()
	}
	s := newSessioniser(opt)
	for _, name := range names {
		if err := readFile(ctx, name, opt.Progress, s); err != nil {
			return nil, Report{}, err
		}
	}
	visits, report := s.end()
	if visits.Events() == 0 {
		return nil, Report{}, fmt.Errorf("%w %s: no event in it", ErrLog, strings.Join(names, ", "))
	}
	return visits, report, nil
}

func readFile(ctx context.Context, name string, progress func(done, total int64), s *sessioniser) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	total := int64(0)
	if info, err := f.Stat(); err == nil {
		total = info.Size()
	}
	in := bufio.NewReaderSize(&watched{ctx: ctx, r: f, total: total, progress: progress}, 1<<16)
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%w %s: %w", ErrLog, name, err)
		}
		in = bufio.NewReaderSize(z, 1<<16)
	}
	read := readTable
	if first, _ := in.Peek(64); strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(string(first), "\ufeff"), " \t\r\n"), "{") {
		read = readObjects
	}
	err = read(in, &genericLayout, s.add)
	var at *lineError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &at):
		return fmt.Errorf("%w %s:%d: %w", ErrLog, name, at.line, at.err)
	}
	return fmt.Errorf("%w %s: %w", ErrLog, name, err)
}

// watched is a reader that ends with its context, and says how far it is.
type watched struct {
	ctx         context.Context
	r           io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(p)
	w.done += int64(n)
	if w.progress != nil {
		w.progress(w.done, w.total)
	}
	return n, err
}
