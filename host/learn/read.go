package learn

import (
	"bufio"
	"bytes"
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
	// Format is the name of the format that all logs are in, one of Formats; "" recognises each by its content.
	Format string
	// Catalogue, if set, finds the items that logs speak of. Then all that sessions have are ids of its items, but with KeepUnknown, which
	// leaves what it lacks as the log calls it.
	Catalogue   *Lookup
	KeepUnknown bool
	// Now is the time after which no event can have been, but for a day that clocks and zones may be off. The zero time is now.
	Now time.Time
	// Before, if set, is the state of earlier sessions that those read come after: no event may be of its time, or it would count twice. A
	// session that goes on from there is another one.
	Before *State
	// Memory is about how many bytes sessions may take; 0 is as many as there are. Where they take more, those that nothing was added to
	// for longest are put aside in files of Folder, or of the system's folder for such where that is "". They have ended then: a session that
	// goes on is two, and is counted as Report.Parted. Of logs of formats that are in no order the events are put aside, and nothing ends
	// early. Items take memory besides, and so does what is learnt.
	Memory int64
	Folder string
	// Progress, if set, is called now and then with how many bytes of the file at hand have been read, and how many it has.
	Progress func(done, total int64)
}

// errLog is wrapped by every error that speaks of what a log says.
var errLog = errors.New("log")

// Read reads logs of page views, orders or anything else that visitors meet items by, each in one of Formats, compressed with gzip or not.
// What has none of their marks is a table with a header row (CSV, or with tabs or semicolons), JSON Lines or Parquet, of which each row or
// object is an event, and has
//
//	session_id   (session, visit_id, visit, order_id, transaction_id, invoice), or of who made several visits
//	visitor_id   (visitor, user_id, client_id, customer_id, user_pseudo_id)
//	item_id      (item, product_id, sku, stock_code), or what a catalogue finds it by
//	url          (page_url, page_location, page, path)
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
// Events of one session or visitor of a table must stand in the order of their times, whatever stands between them; those of other formats are
// sorted. An error says which line of which file is wrong; then nothing of what was read is returned.
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
	defer s.close()
	for _, name := range names {
		if err := readFile(ctx, name, s); err != nil {
			s.visits.Close()
			return nil, Report{}, err
		}
	}
	visits, report, err := s.end(ctx)
	if err != nil {
		s.visits.Close()
		return nil, Report{}, err
	}
	if opt.Catalogue != nil && !s.known {
		visits.Close()
		return nil, Report{}, fmt.Errorf("%w %s: %w", errLog, strings.Join(names, ", "), s.strange())
	}
	if visits.Events() == 0 && visits.Spilled() == 0 {
		visits.Close()
		return nil, Report{}, fmt.Errorf("%w %s: no event in it%s", errLog, strings.Join(names, ", "), report.leftOut())
	}
	return visits, report, nil
}

func readFile(ctx context.Context, name string, s *sessioniser) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	total := int64(0)
	if info, err := f.Stat(); err == nil {
		if info.IsDir() {
			return fmt.Errorf("%w %s: it is a folder; name the files in it", errLog, name)
		}
		total = info.Size()
	}
	magic := make([]byte, len(parquetMagic))
	if n, _ := f.ReadAt(magic, 0); string(magic[:n]) == parquetMagic {
		return logError(ctx, name, readParquet(ctx, f, total, s))
	}
	in := bufio.NewReaderSize(&watched{ctx: ctx, r: f, total: total, progress: s.opt.Progress}, 1<<16)
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%w %s: %w", errLog, name, err)
		}
		in = bufio.NewReaderSize(z, 1<<16)
	}
	return logError(ctx, name, readAs(in, s.opt.Format, s))
}

// logError names the log in an error.
func logError(ctx context.Context, name string, err error) error {
	var at *lineError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &at):
		return fmt.Errorf("%w %s:%d: %w", errLog, name, at.line, at.err)
	}
	return fmt.Errorf("%w %s: %w", errLog, name, err)
}

// readAs reads a log by what it looks like.
func readAs(in *bufio.Reader, format string, s *sessioniser) error {
	head, err := in.Peek(in.Size())
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return unreadable(err)
	}
	line, _, _ := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"), []byte("\n"))
	switch {
	case len(line) == 0:
		return errors.New("it is empty")
	case bytes.HasPrefix(line, []byte("\xff\xfe")), bytes.HasPrefix(line, []byte("\xfe\xff")):
		return errors.New("it is UTF-16; save it as UTF-8")
	case bytes.IndexByte(line, 0) >= 0:
		return errors.New("it is no text, nor Parquet, nor compressed with gzip")
	case line[0] == '{':
		return readObjects(in, format, s)
	case line[0] == '[' && format != accessLog.name:
		return readArray(in, format, s)
	case format == accessLog.name || format == "" && isAccessLine(line):
		return readLines(in, &accessLog, s)
	case (format == snowplow.name || format == "") && isSnowplowLine(line):
		return readSnowplowLines(in, s)
	}
	return readTable(in, format, s)
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
