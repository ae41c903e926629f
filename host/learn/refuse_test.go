package learn

import (
	"bytes"
	"compress/gzip"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// zipped compresses text.
func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func TestFormatsRefuse(t *testing.T) {
	access := accessExample + "\n"
	rows := zipped(t, "session_id,item_id,time\n"+visitOf("s", 5000, func(k int) int { return k % 7 }))
	objects := zipped(t, strings.Repeat(`{"session": 1, "item": "`+strings.Repeat("x", 100)+`", "time": 5}`+"\n", 3000))
	for _, test := range []struct {
		name, text, format, want string
	}{
		{"nothing known", "a,b\n1,2\n", "", "log %: the header row has no session or visitor: want one of session_id, session,"},
		{"and what is known", "a,b\n1,2\n", "", "  ga4          event_name, event_timestamp and user_pseudo_id\n  matomo "},
		{"an object of nothing known", `{"a": 1}`, "", "log %:1: it has no session or visitor: want one of session_id,"},
		{"another format than said", "session_id,item_id,time\n", "shopify", "log %: the header row has no order: want one of name, as shopify has it: Name, Created at,"},
		{"another kind of file than said", `{"a": 1}`, "access-log", "log %:1: it is of a kind that access-log does not come in; the formats that are known"},
		{"a kind of file that it does not come in", "a,b\n1,2\n", "ga4", "log %: it is of a kind that ga4 does not come in; the formats that are known"},
		{"an array that has no end", `[{"session": 1, "item": "a", "time": 5},`, "", "log %:1: byte 40: the array has no end; the file is not whole"},
		{"an array of numbers", `[1, 2]`, "", "log %:1: byte 2: no JSON object: json: cannot unmarshal number"},
		{"an array without objects", `[]`, "", "log %: no event in it"},
		{"gzip that ends in the middle of rows", rows[:len(rows)/2], "", "the file ends in the middle of what was compressed; it is not whole: unexpected EOF"},
		{"gzip that ends in the middle of objects", objects[:len(objects)/2], "", "the file ends in the middle of what was compressed; it is not whole: unexpected EOF"},
		{"gzip with a wrong sum", rows[:len(rows)-6] + "xx" + rows[len(rows)-4:], "", "the file cannot be read further: gzip: invalid checksum"},
		{"a long line", `{"item": "` + strings.Repeat("x", maxRecord) + `"}`, "", "log %:1: it is longer than 16 MiB"},
		{"a quote without an end", "session_id,item_id,time\n1,a,5\n2,\"b,6\n" + strings.Repeat("3,c,7\n", maxRecord/6+15_000), "",
			"log %:3: the row that begins here is longer than 16 MiB; a quote in it may have no end"},
		{"a quote without an end, of tabs", "session_id\titem_id\ttime\n1\ta\t5\n2\t\"b\t6\n" + strings.Repeat("3\tc\t7\n", maxRecord/6+15_000), "",
			"log %:3: the row that begins here is longer than 16 MiB; a quote in it may have no end"},
		{"a quote without an end in what is short", "session_id,item_id,time\n1,\"a\nb\",5\n2,\"b,6\n3,c,7\n", "",
			`log %:4: the row that begins here ends in line 5: extraneous or missing " in quoted-field; a quote in it may have no end`},
		{"a quote that ends elsewhere", "session_id,item_id,time\n1,\"a,5\n2,\"b\",6\n", "", "log %:2: the row that begins here ends in line 3: "},
		{"a long object of an array", "[{\"session\": 1, \"item\": \"a\", \"time\": 5},\n\n\n {\"session\": 1, \"item\": \"" + strings.Repeat("x\\n", maxRecord/3+2_000) + "\"}]", "",
			"log %:4: byte 40: the object that begins here is longer than 16 MiB"},
		{"an object of an array that is wrong", "[{\"session\": 1, \"item\": \"a\", \"time\": 5},\n{\"session\": 1,\n\"item\": \"a\", \"time\": \"x\"},\n {}]", "",
			`log %:2: byte 81: time "x"`},
		{"items that are no array", `{"event_name":"view_item","event_timestamp":"1","user_pseudo_id":"u","items":7}`, "",
			"log %:1: it is not as its format has it: json: cannot unmarshal number into Go struct field"},
		{"a time of GA4 to come", `{"event_name":"view_item","event_timestamp":"1893456000000000","user_pseudo_id":"u","items":[]}`, "",
			`log %:1: time "1893456000000000", which is 2030-01-01 00:00:00, has not come yet`},
		{"an id in another encoding", "session_id,item_id,time\n1,caf\xe9,5\n", "", "log %:2: item \"caf\\xe9\" is no UTF-8; save the log in that encoding"},
		{"a zone of letters", "session_id,item_id,time\n1,a,2023-11-14 09:00:00 EST\n", "", `log %:2: time "2023-11-14 09:00:00 EST" names a zone that is not the shop's`},
		{"an order without a time", "Name,Created at,Lineitem sku\n#1,,T-2\n", "", `log %:2: time "" is no time`},
		{"UTF-16", "\xff\xfes\x00e\x00s\x00\n\x00", "", "log %: it is UTF-16; save it as UTF-8"},
		{"bytes", "SQLite format 3\x00\x10\x00", "", "log %: it is no text, nor Parquet, nor compressed with gzip"},
		{"an access log without a catalogue", access, "", "log %: a web server's log in the combined format names pages, not items; give a catalogue"},
		{"Matomo's numbers of pages", "idvisit,server_time,idaction_url\n1,2026-01-05 10:00:00,7\n", "",
			"log %: the header row has no SKU or URL of what was viewed (numbers of log_action must be joined with their names)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := logOf(t, "log", test.text)
			v, _, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Format: test.format})
			require.ErrorContains(t, err, strings.ReplaceAll(test.want, "%", name))
			require.ErrorIs(t, err, errLog)
			require.Nil(t, v)
		})
	}
}

// TestBreaksOff shows that the line is told at which a log cannot be read further.
func TestBreaksOff(t *testing.T) {
	const line = "1234567,item,1700000000\n"
	text := "session_id,item_id,time\n" + strings.Repeat(line, 100_000)
	whole := zipped(t, text)
	_, _, err := Read(context.Background(), []string{logOf(t, "rows.gz", whole[:len(whole)/2])}, ReadOptions{Now: now})
	require.ErrorContains(t, err, "the file ends in the middle of what was compressed")
	assert.Regexp(t, `rows\.gz:\d{4,}: `, err.Error())
}

func TestAccessLogRefuses(t *testing.T) {
	catalogue := NewLookup(shop)
	for _, test := range []struct{ name, second, want string }{
		{"the common format", `203.0.113.7 - - [25/Nov/2025:09:00:00 +0100] "GET / HTTP/1.1" 200 5120`, "it is of the common format, not the combined; want lines as 203.0.113.7 - -"},
		{"a time without an end", `203.0.113.7 - - [25/Nov/2025`, "its time has no end"},
		{"a request without quotes", `203.0.113.7 - - [25/Nov/2025:09:00:00 +0100] GET /`, "it has no request in quotes"},
		{"no status", `203.0.113.7 - - [25/Nov/2025:09:00:00 +0100] "GET /" - -`, "it has no status"},
		{"a browser without an end", `203.0.113.7 - - [25/Nov/2025:09:00:00 +0100] "GET /" 200 1 "-" "Mozilla\"`, "it has no browser"},
		{"no line", `hello`, "it does not begin with an address, two names and a time"},
		{"no time", `203.0.113.7 - - [yesterday] "GET / HTTP/1.1" 200 5120 "-" "Mozilla/5.0"`, `time "yesterday" is no time`},
	} {
		first := strings.Replace(accessExample, "2026", "2025", 1)
		name := logOf(t, "access.log", first+"\n"+test.second+"\n")
		_, _, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Catalogue: catalogue})
		require.ErrorContains(t, err, name+":2: ", test.name)
		require.ErrorContains(t, err, test.want, test.name)
	}
}

func TestStrangeCatalogue(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"ids", "session_id,item_id,time\n1,x,5\n1,y,6\n2,x,7\n", `it is about no item of the catalogue: it names "x", "y"; the catalogue has ` +
			`"dome-tent", "sleeping-mat", "gas-stove" at "https://shop.example/products/dome-tent", "/products/sleeping-mat", "https://shop.example/products/gas-stove"`},
		{"pages", "session_id,url,time\n1,/x,5\n", `it names "/x"; the catalogue has`},
	} {
		_, _, err := Read(context.Background(), []string{logOf(t, "log", test.text)}, ReadOptions{Now: now, Catalogue: NewLookup(shop)})
		require.ErrorContains(t, err, test.want, test.name)
	}
	_, _, err := Read(context.Background(), []string{filepath.Join("testdata", "matomo.csv")}, ReadOptions{Now: now, Catalogue: NewLookup(nil)})
	require.ErrorContains(t, err, "the catalogue has no items")
	// Without a catalogue there is nothing that says which pages are about items.
	_, _, err = Read(context.Background(), []string{logOf(t, "log", "session_id,url,time\n1,/x,5\n")}, ReadOptions{Now: now})
	require.ErrorContains(t, err, "no event in it that tells of an item; there are 1 about no item, such as /x, which a catalogue may know")
}

// TestKeepUnknown shows that what a catalogue lacks is left out, or kept by its own name.
func TestKeepUnknown(t *testing.T) {
	name := logOf(t, "log", "session_id,item_id,time\n1,TENT-2,5\n1,kite,6\n1,MAT-1,7\n1,kite,8\n")
	for keep, want := range map[bool]string{false: "dome-tent sleeping-mat", true: "dome-tent kite sleeping-mat kite"} {
		v, r, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Catalogue: NewLookup(shop), KeepUnknown: keep})
		require.NoError(t, err)
		assert.Equal(t, []string{want}, sessionsOf(v))
		assert.Equal(t, Words{Events: 2, Examples: []string{"kite"}}, r.Unknown)
		assert.Equal(t, 1, r.UnknownItems)
	}
}
