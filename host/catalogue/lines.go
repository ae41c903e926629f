package catalogue

import (
	"bufio"
	"bytes"
)

// maxRecord bounds one record of any format, in bytes: a line, a row, an element, a page.
const maxRecord = 4 << 20

// lines reads a stream line by line, counting them, and takes lines back.
type lines struct {
	br   *bufio.Reader
	back [][]byte // taken back, the next last; each holds whole lines, but perhaps the last line of the stream
	buf  []byte
	next int // number of the next line
	// ended is whether the last line had its newline.
	ended bool
}

func newLines(br *bufio.Reader) *lines { return &lines{br: br, next: 1, ended: true} }

// read returns the next line without its end, and its number. A line beyond maxRecord is dropped: long is true then. The
// line is valid until the next call. At the end ok is false.
func (l *lines) read() (line []byte, number int, long, ok bool) {
	number = l.next
	l.buf = l.buf[:0]
	for len(l.back) > 0 {
		top := &l.back[len(l.back)-1]
		if i := bytes.IndexByte(*top, '\n'); i >= 0 {
			line, *top = (*top)[:i], (*top)[i+1:]
			l.next++
			l.ended = true
			return trimReturn(line), number, false, true
		}
		l.buf = append(l.buf, *top...)
		l.back = l.back[:len(l.back)-1]
	}
	for {
		part, err := l.br.ReadSlice('\n')
		if !long {
			l.buf = append(l.buf, part...)
			if len(l.buf) > maxRecord {
				long, l.buf = true, l.buf[:0]
			}
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && len(l.buf) == 0 && !long {
			return nil, number, false, false
		}
		l.ended = err == nil
		break
	}
	l.next++
	return trimReturn(bytes.TrimSuffix(l.buf, []byte("\n"))), number, long, true
}

// unread takes back what read returned and more: text of whole lines, the first of which has the given number.
func (l *lines) unread(text []byte, number int) {
	if !l.ended && len(l.back) == 0 {
		text = bytes.TrimSuffix(text, []byte("\n"))
	}
	if len(text) > 0 {
		l.back = append(l.back, bytes.Clone(text))
	}
	l.next = number
}

func trimReturn(line []byte) []byte { return bytes.TrimSuffix(line, []byte("\r")) }

// returnsToNewlines reads a file whose lines end in a carriage return alone, as old spreadsheets write.
type returnsToNewlines struct{ in *bufio.Reader }

func (r returnsToNewlines) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
