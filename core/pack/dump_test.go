package pack_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
)

// golden compares text with testdata/name; UPDATE=1 writes it there instead.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "UPDATE=1 go test writes it")
	assert.Equal(t, string(want), text, "UPDATE=1 go test rewrites %s", file)
}

func dump(data []byte) string {
	var out strings.Builder
	_ = pack.Dump(&out, data)
	return out.String()
}

// TestDump prints packs as text; what a change of the format or of Write does shows as a difference here.
func TestDump(t *testing.T) {
	whole := write(t, sample())
	change := func(f func(list *parts)) []byte {
		list := take(whole)
		f(&list)
		return list.put()
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"tiny", write(t, tiny())},
		{"pair", write(t, pair())},
		{"v1", whole},
		{"facets", write(t, faceted())},
		{"later", change(func(list *parts) {
			// Records of a later version are wider, and it has sections that this one does not know.
			slot := list.find("slot")
			slot.width = 10
			slot.data = bytes.Join([][]byte{slot.data[:8], {9, 9}, slot.data[8:], {8, 8}}, nil)
			*list = append(*list,
				part{"newt", 0, 0, 3, []byte("abcdef")},
				part{"newe", 2, 1, 0, entriesOf("one", "", "three")},
				part{"newb", 4, 2, 0, []byte{0, 1, 2}})
		})},
		{"empty", nil},
		{"text", []byte("Hello, I am no pack at all.\n")},
		{"cut", whole[:700]},
		{"flipped", func() []byte { b := bytes.Clone(whole); b[600] ^= 1; return b }()},
		{"sensitive", change(func(list *parts) { list.find("rows").data[11] = 5 })},
		{"lost", func() []byte { // a section that lies outside, one that overlaps, and a gap in their place
			b := bytes.Clone(whole)
			copy(b[24+16*3+8:], []byte{0, 0, 0, 0x7f})
			copy(b[24+16*4+8:], []byte{30, 0, 0, 0})
			return seal(b)
		}()},
	} {
		t.Run(c.name, func(t *testing.T) { golden(t, c.name+".dump", dump(c.data)) })
	}
}

// cutDump takes a line apart: the range it prints, and its hex as it stands, " 89 6e".
func cutDump(line string) (from, to int, hex string, ok bool) {
	for _, branch := range []string{" ├── ", " └── ", " │   ", "     "} {
		if rest, found := strings.CutPrefix(line, branch); found {
			where, rest, _ := strings.Cut(rest, ": x")
			first, last, _ := strings.Cut(where, "-")
			from, err1 := strconv.Atoi(first)
			to, err2 := strconv.Atoi(last)
			hex, _, _ = strings.Cut(rest, "#")
			return from, to, strings.TrimRight(hex, " \n"), err1 == nil && err2 == nil
		}
	}
	return 0, 0, "", false
}

// checkDump reports whether the lines cover each byte of data once, in order, with the byte's value.
func checkDump(t interface {
	Fatalf(format string, args ...any)
}, data []byte, text string) {
	pos := 0
	for line := range strings.Lines(text) {
		from, to, printed, ok := cutDump(line)
		if !ok {
			continue
		}
		if from != pos || to <= from || to > len(data) {
			t.Fatalf("range %d-%d stands where %d should start", from, to, pos)
		}
		hex := make([]byte, 0, 3*16)
		for _, c := range data[from:to] {
			hex = append(hex, ' ', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
		if string(hex) != printed {
			t.Fatalf("range %d-%d is%s, printed as%s", from, to, hex, printed)
		}
		pos = to
	}
	if pos != len(data) {
		t.Fatalf("%d of %d bytes are printed", pos, len(data))
	}
}

func TestDumpPrintsEachByteOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := pack.Write(drawSource(t))
		if err != nil {
			t.Fatal(err)
		}
		checkDump(t, data, dump(data))
	})
}

func TestDumpPrintsEachByteOfRefusedPacksOnce(t *testing.T) {
	whole := write(t, faceted())
	rapid.Check(t, func(t *rapid.T) {
		data := bytes.Clone(whole[:rapid.IntRange(0, len(whole)).Draw(t, "length")])
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			if len(data) > 24 {
				data[rapid.IntRange(8, len(data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
		}
		text := dump(data)
		checkDump(t, data, text)
		if _, err := pack.Open(data); err != nil && strings.Count(text, err.Error()) != 1 {
			t.Fatalf("%v is not printed once", err)
		}
	})
}

func TestDumpShowsTheErrorAtItsByte(t *testing.T) {
	list := take(write(t, sample()))
	list.find("slot").data[1] = 21
	data := list.put()
	_, err := pack.Open(data)
	lines := strings.Split(dump(data), "\n")
	for i, line := range lines {
		if strings.Contains(line, err.Error()) {
			assert.Contains(t, lines[i-1], `0 "related": size 21`)
			return
		}
	}
	t.Fatal("the error is not printed")
}

func TestDumpReturnsWhatOpenReturns(t *testing.T) {
	var out strings.Builder
	require.ErrorIs(t, pack.Dump(&out, []byte("GIF89a")), pack.ErrNotPack)
	require.NoError(t, pack.Dump(&out, write(t, tiny())))
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestDumpReturnsTheWritersError(t *testing.T) {
	require.ErrorIs(t, pack.Dump(fullDisk{}, write(t, sample())), errFull)
}

func TestDumpEscapesWhatATerminalObeys(t *testing.T) {
	src := pair()
	src.Items[0].Title = "\x1b[31m\u202e\u009b\"\\\n" + strings.Repeat("é", 80)
	text := dump(write(t, src))
	assert.Contains(t, text, `"\u001b[31m\u202e\u009b\"\\\u000a`+strings.Repeat("é", 60-10)+`…"`)
	assert.NotContains(t, text, "\x1b")
}
