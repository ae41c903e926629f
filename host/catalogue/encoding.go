package catalogue

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded unpacks gzip and turns what says which encoding it is in, by a byte order mark or an XML declaration, into
// UTF-8. The second result names the encoding that was declared, empty when none was. What declares nothing passes
// unchanged; its records are repaired one by one, by toUTF8.
func (r *reader) decoded(in io.Reader) (*bufio.Reader, string, error) {
	br := bufio.NewReaderSize(&endingReader{r, in}, headBytes)
	for depth := 0; ; depth++ {
		magic, _ := br.Peek(2)
		if len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b {
			break
		}
		if depth == 2 {
			return nil, "", fmt.Errorf("catalogue: %s: %w: gzip within gzip within gzip", r.name, ErrNotRecognised)
		}
		unzipped, err := gzip.NewReader(br)
		if err != nil {
			return nil, "", fmt.Errorf("catalogue: %s: %w: gzip: %w", r.name, ErrTruncated, err)
		}
		br = bufio.NewReaderSize(&endingReader{r, unzipped}, headBytes)
	}
	head, _ := br.Peek(1024)
	enc, name, mark := declaredEncoding(head)
	if mark > 0 {
		_, _ = br.Discard(mark)
	}
	if enc != nil {
		br = bufio.NewReaderSize(transform.NewReader(br, enc.NewDecoder()), headBytes)
	}
	return br, name, nil
}

var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// declaredEncoding returns the encoding that head declares, nil when that is UTF-8 or nothing is declared, its name, and
// the length of the byte order mark to skip.
func declaredEncoding(head []byte) (enc encoding.Encoding, name string, mark int) {
	utf16le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return nil, "utf-8", 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16le, "utf-16le", 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16be, "utf-16be", 2
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return utf16le, "utf-16le", 0
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return utf16be, "utf-16be", 0
	}
	m := xmlDeclaration.FindSubmatch(head)
	if m == nil {
		return nil, "", 0
	}
	enc, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return nil, "", 0
	}
	name, _ = htmlindex.Name(enc)
	switch name {
	case "utf-8":
		return nil, name, 0
	case "utf-16le", "utf-16be", "replacement":
		return nil, "", 0 // the declaration could be read as single bytes, so it is wrong
	}
	return enc, name, 0
}

// toUTF8 returns b as UTF-8, and whether it was something else. Bytes that are no UTF-8 are taken for windows-1252, what
// spreadsheets of Western Europe and America write without saying so; a few stray ones among UTF-8 are dropped.
func toUTF8(b []byte) ([]byte, bool) {
	if utf8.Valid(b) {
		return b, false
	}
	good, bad := 0, 0
	for rest := b; len(rest) > 0; {
		c, n := utf8.DecodeRune(rest)
		switch {
		case c == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		rest = rest[n:]
	}
	if good > bad {
		return bytes.ToValidUTF8(b, nil), true
	}
	fixed, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, nil), true
	}
	return fixed, true
}

// utf8Record is toUTF8 with a problem for what had to be repaired.
func (r *reader) utf8Record(b []byte, line int) []byte {
	fixed, repaired := toUTF8(b)
	if repaired {
		r.problem(Warning, "encoding", line, "", "",
			"the bytes are not UTF-8 and were read as windows-1252; save the file as UTF-8, or declare its encoding")
	}
	return fixed
}
