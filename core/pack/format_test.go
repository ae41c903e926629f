package pack_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// The tests of this file hold FORMAT.md to the code.

func document(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("FORMAT.md")
	require.NoError(t, err)
	return string(text)
}

// tables returns the tables under a heading of FORMAT.md: their rows, without head and rule.
func tables(t *testing.T, heading string) [][][]string {
	t.Helper()
	_, text, found := strings.Cut(document(t), "\n"+heading+"\n")
	require.True(t, found, "FORMAT.md has no heading %s", heading)
	var list [][][]string
	head := 0 // lines of the table so far
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			break
		}
		if !strings.HasPrefix(line, "|") {
			head = 0
			continue
		}
		head++
		if head == 1 {
			list = append(list, nil)
		}
		if head < 3 {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
		}
		list[len(list)-1] = append(list[len(list)-1], cells)
	}
	return list
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}

func TestFormatLimits(t *testing.T) {
	code := map[string]int{
		"MaxBytes": pack.MaxBytes, "MaxItems": pack.MaxItems, "MaxTopics": pack.MaxTopics, "MaxItemTopics": pack.MaxItemTopics,
		"MaxNeighbours": pack.MaxNeighbours, "MaxSlots": pack.MaxSlots, "MaxSlotSize": pack.MaxSlotSize,
		"MaxSlotName": pack.MaxSlotName, "MaxSite": pack.MaxSite, "MaxString": pack.MaxString, "MaxFaceVisits": pack.MaxFaceVisits,
		"MaxFacets": pack.MaxFacets, "MaxFacetGroups": pack.MaxFacetGroups,
	}
	said := map[string]int{}
	for _, row := range tables(t, "## Limits")[0] {
		said[row[0]] = atoi(t, row[1])
	}
	assert.Equal(t, code, said)

	list := take(write(t, tiny()))
	for len(list) < 256 {
		list = append(list, part{"more", 0, 2, 0, nil})
	}
	_, err := pack.Open(list.put())
	require.NoError(t, err)
	_, err = pack.Open(append(list, part{"more", 0, 2, 0, nil}).put())
	require.ErrorIs(t, err, pack.ErrLayout)
}

// v1 returns testdata/v1.pack, which has every section but those that came later, and its dump.
func v1(t *testing.T) (data []byte, text string) {
	t.Helper()
	data, err := os.ReadFile(v1File)
	require.NoError(t, err)
	return data, dump(data)
}

var formNames = []string{"table", "entries", "bytes"}

func TestFormatSections(t *testing.T) {
	data := withRuns(take(write(t, faceted())), part{"popr", 1, 0, 6, []byte{0, 0, 0, 0, 255, 255}}).
		with(part{"inte", 0, 0, 36, make([]byte, 36)}, "fitm").put()
	text := dump(data)
	type line struct {
		name             string
		required, displs bool
		form             string
	}
	var code, said []line
	rows := tables(t, "## Sections")[1]
	for i, p := range take(data) {
		code = append(code, line{p.name, p.flags&1 != 0, p.flags&2 != 0, formNames[p.form]})
		row := rows[i]
		if row[0] == "topi" {
			assert.Contains(t, row[4], strconv.Itoa(int(p.width)))
		} else {
			assert.Equal(t, strconv.Itoa(int(p.width)), row[4], "%s", row[0])
		}
		assert.Contains(t, text, "\n"+row[0]+": "+row[7]+"\n")
		if row[5] == "item" && p.form == 0 {
			assert.Equal(t, 20, len(p.data)/int(p.width), "%s", row[0])
		}
		_, err := pack.Open(take(data).without(p.name).put())
		switch row[0] {
		case "urls", "flag", "fgrp": // without them others say what they must not: "byur" of URLs, "topi" of what is sensitive, "fitm" of facets
			assert.Error(t, err)
		default:
			assert.Equal(t, row[6] == "refused", err != nil, "without %s: %v", row[0], err)
		}
	}
	for _, row := range rows {
		said = append(said, line{row[0], row[1] == "yes", row[2] == "yes", row[3]})
	}
	assert.Equal(t, code, said)
}

// TestFormatRecords: fields follow on one another and fill the record; dumps of meta and poli name them alike.
func TestFormatRecords(t *testing.T) {
	data, text := v1(t)
	for _, c := range []struct {
		heading string
		table   int
		size    int
	}{
		{"## Header", 0, 24}, {"## Sections", 0, 16}, {"### meta", 0, 12}, {"### poli", 0, 64}, {"### slot", 0, 8}, {"### prio", 0, 4}, {"### inte", 0, 36}, {"### term", 0, 6},
	} {
		at := 0
		for _, row := range tables(t, c.heading)[c.table] {
			assert.Equal(t, at, atoi(t, row[0]), "%s: %v", c.heading, row)
			at += atoi(t, row[1])
		}
		assert.Equal(t, c.size, at, "%s", c.heading)
	}
	for _, name := range []string{"meta", "poli"} {
		start := int(binary.LittleEndian.Uint32(descriptor(data, name)[8:]))
		for _, row := range tables(t, "### "+name)[0] {
			from := start + atoi(t, row[0])
			assert.Regexp(t, fmt.Sprintf(`%04d-%04d: x [0-9a-f ]+ # %s\b`, from, from+atoi(t, row[1]), row[2]), text)
		}
	}
}

var rangeText = regexp.MustCompile(`^(\d+) to (\d+)$`)

// TestFormatRanges sets fields to the ends of their ranges and past them.
func TestFormatRanges(t *testing.T) {
	data, _ := v1(t)
	for _, name := range []string{"poli", "slot"} {
		for _, row := range tables(t, "### "+name)[0] {
			at, size := atoi(t, row[0]), atoi(t, row[1])
			accepts := func(v uint64) bool {
				list := take(data)
				var b [8]byte
				binary.LittleEndian.PutUint64(b[:], v)
				copy(list.find(name).data[at:at+size], b[:])
				_, err := pack.Open(list.put())
				return err == nil
			}
			most := uint64(1)<<(8*min(size, 4)) - 1
			field := name + ": " + row[2]
			switch text := row[3]; {
			case row[2] == "reserved":
				assert.True(t, accepts(0), field)
				assert.False(t, accepts(1), field)
				assert.False(t, accepts(1<<(8*size-1)), field)
			case text == "":
				assert.True(t, accepts(0), field)
				assert.True(t, accepts(most), field)
			case text == "first not 0":
				assert.False(t, accepts(0x100), field)
				assert.True(t, accepts(1), field)
			case rangeText.MatchString(text):
				m := rangeText.FindStringSubmatch(text)
				lo, hi := uint64(atoi(t, m[1])), uint64(atoi(t, m[2]))
				assert.True(t, accepts(lo) && accepts(hi), field)
				assert.False(t, accepts(hi+1) || accepts(most) || lo > 0 && accepts(lo-1), field)
			default:
				list := strings.Split(text, ", ")
				for v := range uint64(256) {
					assert.Equal(t, slices.Contains(list, strconv.Itoa(int(v))), accepts(v), "%s %d", field, v)
				}
			}
		}
	}
}

func TestFormatNames(t *testing.T) {
	columns := tables(t, "### Columns of items")
	require.Len(t, columns[0], pack.KindCount)
	for i, row := range columns[0] {
		assert.Equal(t, []string{strconv.Itoa(i), pack.Kind(i).String()}, row)
	}
	require.Len(t, columns[1], 4)
	for i, row := range columns[1] {
		assert.Equal(t, []string{strconv.Itoa(i), pack.Availability(i).String()}, row)
	}
	classes := tables(t, "### prio")[2]
	require.Len(t, classes, pack.ClassCount-1)
	for i, row := range classes {
		assert.Equal(t, []string{strconv.Itoa(i + 1), pack.Class(i + 1).String()}, row)
	}
	assert.Equal(t, "unknown", pack.Class(0).String())
	assert.Equal(t, "unknown", pack.Class(pack.ClassCount).String())
	assert.Equal(t, "unknown", pack.Kind(pack.KindCount).String())
}

func TestFormatChecksum(t *testing.T) {
	data := []byte("nabij, close")
	h := uint64(0xcbf29ce484222325)
	for _, row := range tables(t, "### Checksum")[0] {
		w, err := strconv.ParseUint(row[0], 16, 64)
		require.NoError(t, err)
		h = (h ^ w) * 0x100000001b3
		h ^= h >> 32
		assert.Equal(t, row[1], fmt.Sprintf("%016x", h))
	}
	assert.Equal(t, checksumOf(data), h)
	assert.Contains(t, document(t), fmt.Sprintf("For no bytes at all it is `%016x`", checksumOf(nil)))
	// The code's own checksum is held to checksumOf wherever Write's bytes are opened, and here at every length.
	for n := range 40 {
		list := append(take(write(t, tiny())), part{"more", 0, 2, 0, make([]byte, n)})
		_, err := pack.Open(list.put())
		require.NoError(t, err)
	}
}

func TestFormatEntriesAndVarints(t *testing.T) {
	text := document(t)
	assert.Contains(t, text, fmt.Sprintf("The entries `\"a\"`, `\"\"` and `\"bcd\"` are `% x`.", entriesOf("a", "", "bcd")))
	text = strings.Join(strings.Fields(text), " ")
	assert.Contains(t, text, fmt.Sprintf("0 is `% x`, 127 `% x`, 128 `% x`, 300 `% x`, 4294967295 `% x`.",
		binary.AppendUvarint(nil, 0), binary.AppendUvarint(nil, 127), binary.AppendUvarint(nil, 128), binary.AppendUvarint(nil, 300), binary.AppendUvarint(nil, 1<<32-1)))
}

func TestFormatRow(t *testing.T) {
	src := tiny()
	for i := range 301 {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(i)})
	}
	src.Rows = []pack.Row{
		{Neighbours: []pack.Neighbour{{Item: 1, Weight: 0.25}, {Item: 3, Weight: 1}, {Item: 300, Weight: 0.01}}},
		{Neighbours: []pack.Neighbour{{Item: 0, Weight: 2}}},
	}
	rows := take(write(t, src)).find("rows").data
	start := binary.LittleEndian.Uint32(rows)
	assert.Contains(t, document(t), fmt.Sprintf("`% x`: scale", rows[start+1:start+1+uint32(rows[start])]))
}

func TestFormatFacet(t *testing.T) {
	src := tiny()
	for i := range 301 {
		src.Items = append(src.Items, pack.Item{ID: strconv.Itoa(i)})
	}
	src.FacetGroups, src.Facets = []string{"colour"}, []pack.Facet{{Name: "blue", Items: []uint32{0, 3, 300}}}
	items := take(write(t, src)).find("fitm").data
	assert.Contains(t, document(t), fmt.Sprintf("Items 0, 3 and 300 are `% x`.", items[5:5+items[4]]))
	assert.Contains(t, document(t), fmt.Sprintf("names facet f by %d + f", pack.FirstFacet))
}

func TestFormatMultipliers(t *testing.T) {
	for _, row := range tables(t, "### prio")[1] {
		list := take(write(t, sample()))
		list.find("prio").data = []byte{7, byte(atoi(t, row[0])), 0, 0}
		p, err := pack.Open(list.put())
		require.NoError(t, err)
		multiplier, ok := p.Prior(pack.Phone, 0)
		assert.True(t, ok)
		assert.Equal(t, row[1], strconv.Itoa(int(multiplier)), "m %s", row[0])
	}
}

func TestFormatTerms(t *testing.T) {
	for _, row := range tables(t, "### term")[1] {
		assert.Equal(t, row[2], fmt.Sprintf("%08x", pack.TermHash([]byte(row[0]))), row[0])
		assert.Equal(t, hashOf(row[1]), pack.TermHash([]byte(row[0])), row[0])
	}
	lines := regexp.MustCompile(`(?m)^U\+(\w{4}) (.{32})$`).FindAllStringSubmatch(document(t), -1)
	require.Len(t, lines, 6)
	for i, line := range lines {
		first, err := strconv.ParseUint(line[1], 16, 32)
		require.NoError(t, err)
		require.Equal(t, 0xc0+32*i, int(first))
		for k, letter := range line[2] {
			char := string(rune(int(first) + k))
			want := string(letter)
			if letter == '*' {
				want = char
			}
			assert.Equal(t, hashOf(want), pack.TermHash([]byte(char)), char)
		}
	}
}

func TestFormatReferences(t *testing.T) {
	for _, row := range tables(t, "## Display")[0] {
		assert.Equal(t, row[1] == "accepted", pack.SafeReference([]byte(row[0])), row[0])
	}
}

func TestFormatSmallPack(t *testing.T) {
	_, block, found := strings.Cut(document(t), "## A small pack\n")
	require.True(t, found)
	_, block, _ = strings.Cut(block, "```\n")
	block, _, _ = strings.Cut(block, "```\n")
	data := write(t, pair())
	assert.Equal(t, dump(data), block)
	assert.Contains(t, document(t), fmt.Sprintf("all %d bytes", len(data)))
}
