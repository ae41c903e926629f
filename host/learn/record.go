package learn

import (
	"bytes"
	"errors"
	"io"
)

// recordReader bounds how much is read for one record: a quote that has no end makes one of all that follows. And it knows lines.
type recordReader struct {
	r      io.Reader
	left   int     // how much more the record at hand may have
	at     int64   // how much was read
	ends   []int64 // behind each line feed among it that line has not passed
	passed int     // how many it has
}

// errLongRecord says that a record is longer than maxRecord.
var errLongRecord = errors.New("a record is too long")

// begin says that another record begins.
func (r *recordReader) begin() { r.left = maxRecord }

func (r *recordReader) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, errLongRecord
	}
	n, err := r.r.Read(p[:min(len(p), r.left)])
	r.left -= n
	for k := 0; ; {
		feed := bytes.IndexByte(p[k:n], '\n')
		if feed < 0 {
			break
		}
		k += feed + 1
		r.ends = append(r.ends, r.at+int64(k))
	}
	r.at += int64(n)
	return n, err
}

// line returns the line in which a byte is, from 1; of a byte before those that were asked for already it is theirs.
func (r *recordReader) line(at int64) int {
	passed := 0
	for passed < len(r.ends) && r.ends[passed] <= at {
		passed++
	}
	r.ends = r.ends[passed:]
	r.passed += passed
	return r.passed + 1
}
