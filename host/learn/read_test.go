package learn

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

// logOf writes a log and returns its name.
func logOf(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	return path
}

// sessionsOf spells sessions as their items.
func sessionsOf(v *Visits) (out []string) {
	for k := range v.Sessions() {
		items, _ := v.Session(k)
		var ids []string
		for _, i := range items {
			ids = append(ids, v.Items()[i])
		}
		out = append(out, strings.Join(ids, " "))
	}
	return out
}

func TestRead(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte("session_id,item_id,unix_time_s\n1,a,100\n1,b,200\n"))
	require.NoError(t, z.Close())
	for _, test := range []struct {
		name, text string
		want       []string
		report     Report
	}{
		{"a table", "session_id,item_id,unix_time_s\n1,a,100\n1,b,200\n2,c,50\n", []string{"c", "a b"},
			Report{Events: 3, Sessions: 1, Single: 1, First: time.Unix(50, 0).UTC(), Last: time.Unix(200, 0).UTC()}},
		{"other names and a quoted cell", "\ufeffTime;SKU;Order ID;Note\n2026-01-01 10:00:00;a;7;\"x;\ny\"\n2026-01-01T10:00:00Z;b;7;\n", []string{"a b"},
			Report{Events: 2, Sessions: 1, Baskets: true, First: time.Unix(1767261600, 0).UTC(), Last: time.Unix(1767261600, 0).UTC()}},
		{"commas, and a semicolon in a name", "session_id,item_id,time,\"note; free\"\n1,a,5,x\n1,b,6,y\n", []string{"a b"},
			Report{Events: 2, Sessions: 1, First: time.Unix(5, 0).UTC(), Last: time.Unix(6, 0).UTC()}},
		{"tabs, milliseconds and microseconds", "session\titem\ttimestamp\n1\ta\t1700000000000\n1\tb\t1700000005000000\n", []string{"a b"},
			Report{Events: 2, Sessions: 1, First: time.Unix(1700000000, 0).UTC(), Last: time.Unix(1700000005, 0).UTC()}},
		{"interleaved", "session_id,item_id,unix_time_s\n1,a,1\n2,c,2\n1,b,3\n2,d,4\n", []string{"a b", "c d"},
			Report{Events: 4, Sessions: 2, First: time.Unix(1, 0).UTC(), Last: time.Unix(4, 0).UTC()}},
		{"visitors", "visitor_id,item_id,unix_time_s\nv,a,0\nv,b,1800\nv,c,3601\n", []string{"a b", "c"},
			Report{Events: 3, Sessions: 1, Single: 1, Visitors: true, First: time.Unix(0, 0).UTC(), Last: time.Unix(3601, 0).UTC()}},
		{"objects", `{"session_id": "s", "item_id": 5, "unix_time_s": 1}` + "\n\n" + `{"item": "b", "session": "s", "time": "1970-01-01T00:00:02Z", "page": {}}`, []string{"5 b"},
			Report{Events: 2, Sessions: 1, First: time.Unix(1, 0).UTC(), Last: time.Unix(2, 0).UTC()}},
		{"gzip", zipped.String(), []string{"a b"},
			Report{Events: 2, Sessions: 1, First: time.Unix(100, 0).UTC(), Last: time.Unix(200, 0).UTC()}},
		{"a machine", "session_id,item_id,unix_time_s\n1,a,1\n1,b,2\n2,a,1\n2,a,1\n2,a,1\n2,a,1\n", []string{"a b"},
			Report{Events: 2, Sessions: 1, Machines: 1, MachineEvents: 4, First: time.Unix(1, 0).UTC(), Last: time.Unix(2, 0).UTC()}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, report, err := Read(context.Background(), []string{logOf(t, "log", test.text)}, ReadOptions{Now: now, MostEvents: 3})
			require.NoError(t, err)
			assert.Equal(t, test.want, sessionsOf(v))
			assert.Equal(t, []string{"table"}, report.Formats)
			report.Formats = nil
			assert.Equal(t, test.report, report)
		})
	}
}

func TestReadRefuses(t *testing.T) {
	const head = "session_id,item_id,unix_time_s\n"
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "log %: it is empty"},
		{"no events", head, "log %: no event in it"},
		{"no item", "session_id,unix_time_s\n", "log %: the header row has no item: want one of item_id, item, product_id, sku, stock_code"},
		{"no session", "item_id,time\n", "log %: the header row has no session or visitor: want one of session_id, session,"},
		{"unsorted", head + "1,a,100\n1,b,99\n", `log %:3: time "99" of "1" is before that of the event before it; sort the log by time, or by session and time`},
		{"negative", head + "1,a,-5\n", `log %:2: time "-5" is negative; want seconds since 1970, or a date and time`},
		{"before 1970", head + "1,a,1969-01-01\n", `log %:2: time "1969-01-01" is before 1970`},
		{"the future", head + "1,a,1800000000\n", `log %:2: time "1800000000", which is 2027-01-15 08:00:00, has not come yet`},
		{"no time", head + "1,a,yesterday\n", `log %:2: time "yesterday" is no time; want seconds since 1970, or a date and time as in 2026-11-25T09:00:00Z`},
		{"not a number", head + "1,a,NaN\n", `log %:2: time "NaN" is no time`},
		{"infinity", head + "1,a,Inf\n", `log %:2: time "Inf" is no time`},
		{"an empty item", head + "1,,5\n", `log %:2: no item`},
		{"an empty session", head + ",a,5\n", `log %:2: no session, visitor or order`},
		{"a short row", head + "1,a\n", `log %:2: its number of cells is not that of the header row`},
		{"an open quote", head + "1,\"a,5\n", "log %:2: extraneous or missing \" in quoted-field"},
		{"bad JSON", "{\"session\": 1\n", "log %:1: no JSON object: unexpected end of JSON input"},
		{"an object without time", `{"session": 1, "item": "a"}`, "log %:1: it has no time: want one of unix_time_s"},
		{"damaged gzip", "\x1f\x8b\x08\x00damaged", "log %: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := logOf(t, "log", test.text)
			v, _, err := Read(context.Background(), []string{name}, ReadOptions{Now: now})
			require.ErrorContains(t, err, strings.ReplaceAll(test.want, "%", name))
			require.ErrorIs(t, err, errLog)
			require.Nil(t, v)
		})
	}
	_, _, err := Read(context.Background(), []string{filepath.Join(t.TempDir(), "none")}, ReadOptions{})
	assert.ErrorIs(t, err, os.ErrNotExist)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = Read(ctx, []string{logOf(t, "log", head+"1,a,5\n")}, ReadOptions{})
	assert.Equal(t, context.Canceled, err)
}

// FuzzRead reads what may be a log: it returns sessions that add up, or an error.
func FuzzRead(f *testing.F) {
	f.Add([]byte("session_id,item_id,unix_time_s\n1,a,100\n1,b,200\n2,c,50\n"))
	f.Add([]byte("visitor;sku;time\nv;\"a\nb\";2026-01-01\n"))
	f.Add([]byte(`{"session_id": "s", "item_id": 5, "unix_time_s": 1}`))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(dir, "log")
		require.NoError(t, os.WriteFile(name, text, 0o666))
		v, report, err := Read(context.Background(), []string{name}, ReadOptions{Now: now})
		if err != nil {
			return
		}
		events := 0
		for k := range v.Sessions() {
			items, lastS := v.Session(k)
			require.NotEmpty(t, items)
			require.False(t, lastS < 0 || time.Unix(lastS, 0).After(now.Add(24*time.Hour)))
			events += len(items)
		}
		require.Equal(t, report.Events, events)
		require.Equal(t, report.Sessions+report.Single, v.Sessions())
	})
}
