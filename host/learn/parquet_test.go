package learn

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// parquetOf writes rows as a Parquet file, in groups of two if options do not say otherwise, and returns its name.
func parquetOf[T any](t testing.TB, rows []T, options ...parquet.WriterOption) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "log.parquet")
	f, err := os.Create(name)
	require.NoError(t, err)
	w := parquet.NewGenericWriter[T](f, append([]parquet.WriterOption{parquet.MaxRowsPerRowGroup(2)}, options...)...)
	_, err = w.Write(rows)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, f.Close())
	return name
}

type ga4Value struct {
	String *string `parquet:"string_value,optional"`
	Int    *int64  `parquet:"int_value,optional"`
}

type ga4Param struct {
	Key   string   `parquet:"key"`
	Value ga4Value `parquet:"value"`
}

type ga4ItemRow struct {
	ID   string `parquet:"item_id"`
	Name string `parquet:"item_name"`
}

type ga4Row struct {
	Name   string     `parquet:"event_name"`
	Time   int64      `parquet:"event_timestamp"`
	User   *string    `parquet:"user_pseudo_id,optional"`
	Params []ga4Param `parquet:"event_params"`
	Device struct {
		Category string `parquet:"category"`
	} `parquet:"device"`
	Geo struct {
		Country string `parquet:"country"`
	} `parquet:"geo"`
	Items []ga4ItemRow `parquet:"items"`
}

// ga4ListRow is a row of a file whose repeated fields are lists, as BigQuery and Spark write them.
type ga4ListRow struct {
	Name   string     `parquet:"event_name"`
	Time   int64      `parquet:"event_timestamp"`
	User   *string    `parquet:"user_pseudo_id,optional"`
	Params []ga4Param `parquet:"event_params,list"`
	Device struct {
		Category string `parquet:"category"`
	} `parquet:"device"`
	Geo struct {
		Country string `parquet:"country"`
	} `parquet:"geo"`
	Items []ga4ItemRow `parquet:"items,list"`
}

func ga4Rows() []ga4Row {
	session, user := int64(1767607200), "1048576.1767607100"
	location, referrer := "https://shop.example/", "https://www.bing.com/"
	row := func(name string, at int64, params []ga4Param, items ...ga4ItemRow) ga4Row {
		r := ga4Row{Name: name, Time: at * 1e6, User: &user, Items: items,
			Params: append(params, ga4Param{"ga_session_id", ga4Value{Int: &session}})}
		r.Device.Category, r.Geo.Country = "tablet", "Netherlands"
		return r
	}
	nobody := row("view_item", 1767607230, nil, ga4ItemRow{ID: "MAT-1"})
	nobody.User = nil
	return []ga4Row{
		row("purchase", 1767607440, nil, ga4ItemRow{ID: "TENT-2"}, ga4ItemRow{ID: "STOVE-1"}),
		row("page_view", 1767607200, []ga4Param{{"page_location", ga4Value{String: &location}}, {"page_referrer", ga4Value{String: &referrer}}}),
		nobody,
		row("view_item", 1767607260, nil, ga4ItemRow{ID: "TENT-2", Name: "Dome tent"}),
		row("scroll", 1767607261, nil),
		row("view_item", 1767607320, nil, ga4ItemRow{Name: "Sleeping mat"}),
	}
}

func TestParquetOfGA4(t *testing.T) {
	var lists []ga4ListRow
	for _, r := range ga4Rows() {
		lists = append(lists, ga4ListRow(r))
	}
	for _, name := range []string{parquetOf(t, ga4Rows()), parquetOf(t, lists)} {
		var done []int64
		v, r, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Catalogue: NewLookup(shop), Progress: func(n, total int64) {
			assert.Less(t, n, total)
			done = append(done, n)
		}})
		require.NoError(t, err)
		assert.Equal(t, []string{"ga4"}, r.Formats)
		assert.Equal(t, []string{"dome-tent sleeping-mat gas-stove"}, sessionsOf(v))
		assert.Equal(t, Context{Device: pack.Tablet, Referrer: pack.ReferrerSearch}, v.Context(0))
		assert.Equal(t, []int{1, 2, 1}, []int{r.Nameless, r.Other.Events, r.Repeats})
		assert.NotEmpty(t, done)
	}
}

func TestParquetOfATable(t *testing.T) {
	type row struct {
		Session int64     `parquet:"Session ID"`
		Item    string    `parquet:"item_id,dict,zstd"`
		Time    time.Time `parquet:"time,timestamp(microsecond)"`
		Country *string   `parquet:"country,optional"`
	}
	nl := "NL"
	at := time.Unix(1767607200, 0)
	name := parquetOf(t, []row{{7, "a", at, &nl}, {7, "b", at.Add(time.Minute), nil}, {8, "c", at.Add(time.Hour), nil}})
	v, r, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Regions: map[string]pack.Class{"NL": pack.Region1}})
	require.NoError(t, err)
	assert.Equal(t, []string{"table"}, r.Formats)
	assert.Equal(t, []string{"a b", "c"}, sessionsOf(v))
	assert.Equal(t, Context{Region: pack.Region1}, v.Context(0))
	assert.Equal(t, at.UTC(), r.First)

	unsorted := parquetOf(t, []row{{7, "a", at, nil}, {7, "b", at.Add(-time.Minute), nil}})
	_, _, err = Read(context.Background(), []string{unsorted}, ReadOptions{Now: now})
	assert.ErrorContains(t, err, unsorted+": row 2: time \"1767607140\" of \"7\" is before that of the event before it")

	whole, err := os.ReadFile(name)
	require.NoError(t, err)
	for _, size := range []int{4, len(whole) / 2, len(whole) - 1} {
		cut := logOf(t, "cut.parquet", string(whole[:size]))
		_, _, err = Read(context.Background(), []string{cut}, ReadOptions{Now: now})
		assert.ErrorContains(t, err, cut+": it begins as Parquet, and is none or is cut short")
		assert.ErrorIs(t, err, errLog)
	}
}

// TestDamagedParquet shows that a file that is damaged is refused, or read as far as it makes sense. That it is no fuzz target has to do with
// the library, which allocates what the metadata say that lists hold.
func TestDamagedParquet(t *testing.T) {
	read := func(text []byte) error {
		s := newSessioniser(ReadOptions{Now: now, Catalogue: NewLookup(shop), Gap: DefaultGap, MostEvents: DefaultMostEvents})
		err := readParquet(context.Background(), bytes.NewReader(text), int64(len(text)), s)
		if err == nil {
			addsUp(t, s)
		}
		return err
	}
	whole, err := os.ReadFile(parquetOf(t, ga4Rows()))
	require.NoError(t, err)
	require.NoError(t, read(whole))
	random := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 300 {
		text := bytes.Clone(whole)
		for range 1 + random.IntN(4) {
			text[random.IntN(len(text))] = byte(random.IntN(256))
		}
		if read(text) != nil {
			refused++
		}
	}
	assert.Greater(t, refused, 200)

	// A page of this one says that it has more values than it has.
	damaged, err := os.ReadFile(filepath.Join("testdata", "damaged.parquet"))
	require.NoError(t, err)
	assert.ErrorContains(t, read(damaged), "row 3, column event_params.value.string_value: the file cannot be read further: a page has fewer values than it says")
}
