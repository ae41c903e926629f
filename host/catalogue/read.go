package catalogue

import (
	"bufio"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// Options say what a source leaves unsaid. The zero value is usable.
type Options struct {
	// Currency is the ISO 4217 code of prices that name none, such as "EUR". Without it they keep no currency.
	Currency string
	// Language is the BCP 47 tag of items that name none. Without it they suit all languages.
	Language string
	// BaseURL is what relative references are resolved against, an absolute http or https URL such as
	// "https://shop.example/". Without it they become paths that start with a slash.
	BaseURL string
	// Now decides whether a sale price with a period counts. The zero time means that it never does.
	Now time.Time
	// FS is where names are looked up, by the rules of io/fs; nil means the operating system's own files.
	FS fs.FS
	// Progress is called now and then, from the goroutine that reads, with how many of the source's bytes have been read
	// and how many there are; total is 0 when that is not known. May be nil.
	Progress func(done, total int64)
	// Strict makes warnings fail: the reading goes on to the end, so that all problems are reported, then returns
	// ErrStrict.
	Strict bool
}

// Report says how a reading went. It is complete also when an error was returned, as far as the reading got.
type Report struct {
	// Name is the source's, as it was given to Read.
	Name string
	// Format is what the source was recognised as; empty when it was not.
	Format Format
	// Items counts the items yielded, Records what they were made from: variants, rows, elements or pages.
	Items, Records int
	// Problems are the first MaxProblems of each kind, in the order in which they were found.
	Problems []Problem
	// Totals count all problems by kind, the severest first.
	Totals []Total
}

// Read opens and recognises the named file or folder and calls yield for each item, variants folded into one. A name
// may be a feed, a table, a sitemap, one HTML page, or a folder of built HTML; each may be compressed with gzip. What it
// is shows in its content; its extension plays no part.
//
// Items are yielded once they are complete, so not quite in the source's order: a product whose variants may stand
// anywhere in the source waits for its end. The item and its slices belong to yield. An error from yield ends the reading
// and is returned as it is.
//
// Of two items with one ID, or with one URL, the first is yielded and the second reported.
//
// Errors wrap ErrEmpty, ErrNotRecognised, ErrTruncated, ErrStrict, the context's error, or an error of the file system.
func Read(ctx context.Context, name string, opt Options, yield func(Item) error) (Report, error) {
	r, err := newReader(ctx, name, opt, yield)
	if err != nil {
		return Report{Name: name}, err
	}
	return r.finish(r.open())
}

// ReadFrom is Read for a stream, such as standard input. The name is for messages alone. The stream is not closed.
func ReadFrom(ctx context.Context, name string, stream io.Reader, opt Options, yield func(Item) error) (Report, error) {
	r, err := newReader(ctx, name, opt, yield)
	if err != nil {
		return Report{Name: name}, err
	}
	return r.finish(r.stream(stream))
}

// ReadAll reads several sources into one catalogue, in the order of the sources and, within one, of its lines. An ID or
// URL that an earlier source had is left out and reported in the later one's report. There is one report for each source
// that was begun. The first error ends the reading; the items read until then come with it.
func ReadAll(ctx context.Context, names []string, opt Options) ([]Item, []Report, error) {
	var (
		items    []Item
		reports  []Report
		ids      = make(map[string]Place)
		urls     = make(map[string]string)
		sizes    = make([]int64, len(names))
		total    int64
		finished int64
	)
	for i, name := range names {
		sizes[i] = sizeOf(opt.FS, name)
		total += sizes[i]
	}
	for i, name := range names {
		one := opt
		if opt.Progress != nil {
			one.Progress = func(done, _ int64) { opt.Progress(finished+min(done, sizes[i]), total) }
		}
		begin := len(items)
		r, err := newReader(ctx, name, one, func(it Item) error {
			items = append(items, it)
			return nil
		})
		if err != nil {
			return items, append(reports, Report{Name: name}), err
		}
		r.ids, r.urls = ids, urls
		report, err := r.finish(r.open())
		slices.SortStableFunc(items[begin:], func(a, b Item) int {
			if a.Place.File != b.Place.File {
				return 0 // pages of a folder stay as they were walked
			}
			return cmp.Compare(a.Place.Line, b.Place.Line)
		})
		reports = append(reports, report)
		if err != nil {
			return items, reports, err
		}
		finished += sizes[i]
	}
	return items, reports, nil
}

// reader is the state of one reading: what the options say, what was yielded, and what was wrong.
type reader struct {
	ctx      context.Context
	opt      Options
	base     *url.URL // nil when there is none
	currency string
	language string
	yield    func(Item) error

	name     string // as it was given
	file     string // the file being read, for places
	format   Format
	items    int
	records  int
	problems problems
	ids      map[string]Place  // of what was yielded
	urls     map[string]string // to the ID of the item that has it
	fold     folder
	site     *site // the pages that a sitemap may name; nil for a stream

	total, done int64 // bytes
	lastShown   int64
	readErr     error // what ended the stream before its end
	truncated   error // what shows that the source is not complete
}

func newReader(ctx context.Context, name string, opt Options, yield func(Item) error) (*reader, error) {
	r := &reader{
		ctx: ctx, opt: opt, yield: yield, name: name, file: name,
		ids: make(map[string]Place), urls: make(map[string]string),
	}
	if opt.BaseURL != "" {
		u, err := url.Parse(opt.BaseURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return nil, fmt.Errorf("catalogue: base URL %s: want an absolute http or https URL, such as https://shop.example/",
				quoteShort(opt.BaseURL))
		}
		r.base = u
	}
	if opt.Currency != "" {
		code, ok := currencyCode(opt.Currency)
		if !ok {
			return nil, fmt.Errorf("catalogue: currency %s: want an ISO 4217 code, such as EUR", quoteShort(opt.Currency))
		}
		r.currency = code
	}
	if opt.Language != "" {
		tag, ok := languageTag(opt.Language)
		if !ok {
			return nil, fmt.Errorf("catalogue: language %s: want a BCP 47 tag, such as nl or en-GB", quoteShort(opt.Language))
		}
		r.language = tag
	}
	return r, nil
}

// open reads the named file or folder.
func (r *reader) open() error {
	fsys, name := locate(r.opt.FS, r.name)
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return fmt.Errorf("catalogue: %s: %w", r.name, cause(err))
	}
	if info.IsDir() {
		sub, err := fs.Sub(fsys, name)
		if err != nil {
			return fmt.Errorf("catalogue: %s: %w", r.name, err)
		}
		r.site = &site{fsys: sub, shown: r.name}
		return r.readFolder()
	}
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("catalogue: %s: %w", r.name, cause(err))
	}
	defer f.Close()
	if sub, err := fs.Sub(fsys, path.Dir(name)); err == nil {
		r.site = &site{fsys: sub, shown: path.Dir(filepath.ToSlash(r.name))}
	}
	r.total = info.Size()
	return r.stream(f)
}

// stream recognises and reads one stream.
func (r *reader) stream(in io.Reader) error {
	br, encoding, err := r.decoded(r.counted(in))
	if err != nil {
		return err
	}
	return r.dispatch(br, encoding)
}

// dispatch recognises a decoded stream and reads it.
func (r *reader) dispatch(br *bufio.Reader, encoding string) error {
	head, _ := br.Peek(headBytes)
	format, err := sniff(head)
	if err != nil {
		if r.readErr != nil {
			return fmt.Errorf("catalogue: %s: %w", r.name, r.readErr)
		}
		return fmt.Errorf("catalogue: %s: %w", r.name, err)
	}
	r.format = format
	return format.read(r, br, head, encoding)
}

// finish yields what waits for the end of the source, and makes the report.
func (r *reader) finish(err error) (Report, error) {
	if err == nil {
		err = r.flushAll()
	}
	if err == nil && r.opt.Progress != nil {
		r.opt.Progress(r.done, max(r.total, r.done))
	}
	if err == nil {
		err = r.ctx.Err()
	}
	if err == nil && r.readErr != nil {
		if !cutShort(r.readErr) {
			err = fmt.Errorf("catalogue: %s: %w", r.name, cause(r.readErr))
		}
		r.truncated = r.readErr
	}
	if err == nil {
		err = r.verdict()
	}
	return Report{
		Name: r.name, Format: r.format, Items: r.items, Records: r.records,
		Problems: r.problems.kept, Totals: r.problems.sortedTotals(),
	}, err
}

// verdict is the error of a reading that came to its end.
func (r *reader) verdict() error {
	warnings, errs := r.problems.worst()
	switch {
	case r.truncated != nil:
		return fmt.Errorf("catalogue: %s: %w after %d items: %w", r.name, ErrTruncated, r.items, r.truncated)
	case r.items == 0 && r.records == 0:
		return fmt.Errorf("catalogue: %s: %w: read as %s, it has no record; expected %s",
			r.name, ErrEmpty, r.format, r.format.expects())
	case r.items == 0:
		why := ""
		if len(r.problems.kept) > 0 {
			why = "; the first problem: " + r.problems.kept[0].String()
		}
		return fmt.Errorf("catalogue: %s: %w: none of the %d records of this %s could be used%s",
			r.name, ErrEmpty, r.records, r.format, why)
	case r.opt.Strict && warnings+errs > 0:
		return fmt.Errorf("catalogue: %s: %w: %d errors, %d warnings", r.name, ErrStrict, errs, warnings)
	}
	return nil
}

// problem notes something that was wrong.
func (r *reader) problem(severity Severity, kind string, line int, item, field, format string, args ...any) {
	r.problems.note(Problem{
		Place: r.place(line), Item: item, Field: field, Kind: kind, Severity: severity,
	}, format, args...)
}

func (r *reader) place(line int) Place { return Place{File: r.file, Line: line} }

// counted passes the stream on, reporting progress. An error other than io.EOF is kept in readErr and ends the stream.
func (r *reader) counted(in io.Reader) io.Reader { return &countingReader{r: r, in: in} }

type countingReader struct {
	r  *reader
	in io.Reader
}

// progressBytes is how much is read between two calls of Options.Progress.
const progressBytes = 1 << 18

func (c *countingReader) Read(p []byte) (int, error) {
	if err := c.r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p)
	c.r.done += int64(n)
	c.r.showProgress()
	return n, err
}

func (r *reader) showProgress() {
	if r.opt.Progress != nil && r.done-r.lastShown >= progressBytes {
		r.lastShown = r.done
		r.opt.Progress(r.done, max(r.total, r.done))
	}
}

// endingReader turns the first error of a stream into its end, and keeps it in the reading's readErr.
type endingReader struct {
	r  *reader
	in io.Reader
}

func (e *endingReader) Read(p []byte) (int, error) {
	n, err := e.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		if e.r.readErr == nil {
			e.r.readErr = err
		}
		err = io.EOF
	}
	return n, err
}

// cutShort reports whether a stream's error means that it is damaged or incomplete, not that it could not be read.
func cutShort(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.As(err, &corrupt)
}

// locate returns the file system and the name in it that a source's name stands for.
func locate(fsys fs.FS, name string) (fs.FS, string) {
	if fsys != nil {
		return fsys, name
	}
	clean := filepath.Clean(name)
	if info, err := os.Stat(clean); err == nil && info.IsDir() {
		return os.DirFS(clean), "."
	}
	return os.DirFS(filepath.Dir(clean)), filepath.Base(clean)
}

// cause leaves out the path that the file system adds: the message has the name already, as the caller gave it.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// sizeOf returns how many bytes a source has, 0 when that is not known.
func sizeOf(fsys fs.FS, name string) int64 {
	fsys, name = locate(fsys, name)
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return 0
	}
	if !info.IsDir() {
		return info.Size()
	}
	var total int64
	_ = fs.WalkDir(fsys, name, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total
}
