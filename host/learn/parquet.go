package learn

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
)

// parquetMagic is what a Parquet file begins with, and ends with too.
const parquetMagic = "PAR1"

// nestedReader makes events of the values that a row has in columns of groups that repeat.
type nestedReader struct {
	// columns are the paths of what is read, parted by dots; those that a file lacks have no values.
	columns []string
	// row is called with the values of each of the columns, "" for null. They are valid until it returns.
	row func(values [][]string, put func(*event) error) error
}

// readParquet reads a Parquet file, of its columns those alone that its format knows.
func readParquet(ctx context.Context, f io.ReaderAt, size int64, s *sessioniser) (err error) {
	// The library takes what a file says of itself for true, and fails on one that is damaged.
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("it is Parquet that is damaged: %v", failed)
		}
	}()
	p, err := openParquet(f, size)
	if err != nil {
		return err
	}
	chosen, err := choose(s.opt.Format, func(f *format) bool { return f.layout != nil || f.nested != nil }, p.top)
	if err != nil {
		return err
	}
	if err := s.begin(chosen); err != nil {
		return err
	}
	if chosen.nested != nil {
		n := chosen.nested()
		return p.rows(ctx, n.columns, s, func(values [][]string) error { return n.row(values, s.add) })
	}
	l := chosen.layout
	at, has := l.columns(p.top)
	if what := l.missing(has); what != "" {
		return chosen.lacks("it has " + what)
	}
	columns := make([]string, len(at))
	for f, k := range at {
		if k >= 0 {
			columns[f] = p.top[k]
		}
	}
	row, flat := l.begin(), make([]string, len(at))
	return p.rows(ctx, columns, s, func(values [][]string) error {
		for f := range values {
			flat[f] = valueAt(values[f], 0)
		}
		return row(flat, has, s.add)
	})
}

// valueAt returns a value, "" where there is none.
func valueAt(values []string, k int) string {
	if k < len(values) {
		return values[k]
	}
	return ""
}

// parquetFile is a file and its columns.
type parquetFile struct {
	file *parquet.File
	size int64
	top  []string // names of what rows have, as the file spells them
	leaf map[string]parquetLeaf
}

// parquetLeaf is a column that has values.
type parquetLeaf struct {
	column int
	text   func(parquet.Value) string
}

func openParquet(f io.ReaderAt, size int64) (*parquetFile, error) {
	file, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("it begins as Parquet, and is none or is cut short: %w", err)
	}
	p := &parquetFile{file: file, size: size, leaf: map[string]parquetLeaf{}}
	for _, field := range file.Schema().Fields() {
		p.top = append(p.top, columnName(field.Name()))
	}
	for _, path := range file.Schema().Columns() {
		leaf, ok := file.Schema().Lookup(path...)
		if ok {
			p.leaf[parquetPath(path)] = parquetLeaf{leaf.ColumnIndex, textOfType(leaf.Node.Type())}
		}
	}
	return p, nil
}

// parquetPath spells a path without the steps that lists have between them and their elements.
func parquetPath(path []string) string {
	var steps []string
	for k := 0; k < len(path); k++ {
		if k+1 < len(path) && k > 0 && (path[k] == "list" || path[k] == "bag") {
			switch path[k+1] {
			case "element", "item", "array_element":
				k++
				continue
			}
		}
		steps = append(steps, path[k])
	}
	steps[0] = columnName(steps[0])
	return strings.Join(steps, ".")
}

// rows calls for each row with the values that it has in the columns.
func (p *parquetFile) rows(ctx context.Context, columns []string, s *sessioniser, each func(values [][]string) error) error {
	values := make([][]string, len(columns))
	row := 0
	readGroup := func(group parquet.RowGroup) error {
		chunks := group.ColumnChunks()
		cursors := make([]*parquetCursor, len(columns))
		for k, name := range columns {
			if leaf, ok := p.leaf[name]; ok && name != "" {
				cursors[k] = &parquetCursor{pages: chunks[leaf.column].Pages(), text: leaf.text}
				defer cursors[k].close()
			}
		}
		for range group.NumRows() {
			if row%1024 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				if s.opt.Progress != nil {
					s.opt.Progress(int64(float64(p.size)*float64(row)/float64(p.file.NumRows())), p.size)
				}
			}
			row++
			for k, c := range cursors {
				if c == nil {
					continue
				}
				var err error
				if values[k], err = c.row(values[k][:0]); err != nil {
					return fmt.Errorf("row %d, column %s: %w", row, columns[k], unreadable(err))
				}
			}
			if err := each(values); err != nil {
				return fmt.Errorf("row %d: %w", row, err)
			}
		}
		return nil
	}
	for _, group := range p.file.RowGroups() {
		if err := readGroup(group); err != nil {
			return err
		}
	}
	return nil
}

// parquetCursor reads a column of a group of rows, row by row.
type parquetCursor struct {
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buffer [128]parquet.Value
	ready  []parquet.Value // of buffer, what is yet to be taken
	text   func(parquet.Value) string
}

// row appends the values of the next row.
func (c *parquetCursor) row(to []string) ([]string, error) {
	for first := true; ; first = false {
		if len(c.ready) == 0 {
			if err := c.fill(); errors.Is(err, io.EOF) && !first {
				return to, nil
			} else if err != nil {
				return to, err
			}
		}
		v := c.ready[0]
		if !first && v.RepetitionLevel() == 0 {
			return to, nil // of the next row
		}
		c.ready = c.ready[1:]
		text := ""
		if !v.IsNull() {
			text = c.text(v)
		}
		if to = append(to, text); len(to) > mostValues {
			return to, fmt.Errorf("the row has over %d values", mostValues)
		}
	}
}

// mostValues is how many values a row has in a column: what has more is damaged.
const mostValues = 1 << 16

// fill makes values ready; io.EOF is the end of the column.
func (c *parquetCursor) fill() (err error) {
	for {
		if c.values == nil {
			if c.page, err = c.pages.ReadPage(); err != nil {
				return err
			}
			if c.page.NumValues()-c.page.NumNulls() > stored(c.page.Data()) {
				return errors.New("a page has fewer values than it says") // which the library would look for, and never end
			}
			c.values = c.page.Values()
		}
		n, err := c.values.ReadValues(c.buffer[:])
		if c.ready = c.buffer[:n]; n > 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		parquet.Release(c.page)
		c.page, c.values = nil, nil
	}
}

// stored returns how many values a page has at most.
func stored(v encoding.Values) int64 {
	switch v.Kind() {
	case encoding.Boolean:
		return 8 * int64(len(v.Boolean()))
	case encoding.Int32:
		return int64(len(v.Int32()))
	case encoding.Int64:
		return int64(len(v.Int64()))
	case encoding.Int96:
		return int64(len(v.Int96()))
	case encoding.Float:
		return int64(len(v.Float()))
	case encoding.Double:
		return int64(len(v.Double()))
	case encoding.ByteArray:
		_, offsets := v.ByteArray()
		return int64(len(offsets)) - 1
	case encoding.FixedLenByteArray:
		data, size := v.FixedLenByteArray()
		return int64(len(data) / max(size, 1))
	}
	return 0
}

func (c *parquetCursor) close() {
	parquet.Release(c.page)
	_ = c.pages.Close() // nothing was written
}

// textOfType returns what spells the values of a type as other logs would.
func textOfType(t parquet.Type) func(parquet.Value) string {
	if l := t.LogicalType(); l != nil {
		switch {
		case l.Timestamp != nil:
			perSecond := int64(1e9)
			switch unit := l.Timestamp.Unit; {
			case unit.Millis != nil:
				perSecond = 1e3
			case unit.Micros != nil:
				perSecond = 1e6
			}
			return textOfTime(perSecond, l.Timestamp.IsAdjustedToUTC)
		case l.Date != nil:
			return func(v parquet.Value) string { return time.Unix(int64(v.Int32())*86_400, 0).UTC().Format(time.DateOnly) }
		}
	} else if c := t.ConvertedType(); c != nil {
		switch *c {
		case deprecated.TimestampMillis:
			return textOfTime(1e3, true)
		case deprecated.TimestampMicros:
			return textOfTime(1e6, true)
		case deprecated.Date:
			return func(v parquet.Value) string { return time.Unix(int64(v.Int32())*86_400, 0).UTC().Format(time.DateOnly) }
		}
	}
	switch t.Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return func(v parquet.Value) string { return string(v.ByteArray()) }
	case parquet.Int32:
		return func(v parquet.Value) string { return strconv.FormatInt(int64(v.Int32()), 10) }
	case parquet.Int64:
		return func(v parquet.Value) string { return strconv.FormatInt(v.Int64(), 10) }
	case parquet.Double:
		return func(v parquet.Value) string { return strconv.FormatFloat(v.Double(), 'f', -1, 64) }
	case parquet.Float:
		return func(v parquet.Value) string { return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32) }
	case parquet.Int96: // nanoseconds of a day, and the Julian day, as Spark has written times
		return func(v parquet.Value) string {
			i := v.Int96()
			const julianOf1970 = 2_440_588
			seconds := (int64(i[2])-julianOf1970)*86_400 + (int64(i[0])|int64(i[1])<<32)/1e9
			return strconv.FormatInt(seconds, 10)
		}
	}
	return parquet.Value.String
}

// textOfTime returns what spells times: in seconds, or as a date and a time that name no zone.
func textOfTime(perSecond int64, utc bool) func(parquet.Value) string {
	return func(v parquet.Value) string {
		seconds := v.Int64() / perSecond
		if utc {
			return strconv.FormatInt(seconds, 10)
		}
		return time.Unix(seconds, 0).UTC().Format(time.DateTime)
	}
}
