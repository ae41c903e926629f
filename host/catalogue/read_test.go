package catalogue_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/catalogue/feedgen"
)

const rss = `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>`

// read reads text as a source of the given name.
func read(t *testing.T, name, text string, opt catalogue.Options) ([]catalogue.Item, catalogue.Report, error) {
	t.Helper()
	var items []catalogue.Item
	report, err := catalogue.ReadFrom(context.Background(), name, strings.NewReader(text), opt, func(it catalogue.Item) error {
		assert.NoError(t, validate(it))
		items = append(items, it)
		return nil
	})
	return items, report, err
}

func kinds(report catalogue.Report) []string {
	var names []string
	for _, total := range report.Totals {
		names = append(names, total.Kind)
	}
	return names
}

func TestEmptyFile(t *testing.T) {
	_, _, err := read(t, "empty.xml", " \n", catalogue.Options{})
	require.ErrorIs(t, err, catalogue.ErrEmpty)
	assert.ErrorContains(t, err, "empty.xml")
}

func TestEmptyFeed(t *testing.T) {
	for name, text := range map[string]string{
		"feed.xml": rss + `</channel></rss>`, "table.csv": "id,title,price\n", "array.json": "[]", "map.csv": "Handle,Title,Variant Price\n",
		"blog.xml": `<feed xmlns="http://www.w3.org/2005/Atom"></feed>`,
	} {
		_, report, err := read(t, name, text, catalogue.Options{})
		require.ErrorIs(t, err, catalogue.ErrEmpty, name)
		assert.ErrorContains(t, err, name)
		assert.ErrorContains(t, err, "expected")
		assert.NotEmpty(t, report.Format)
	}
}

func TestNothingUsable(t *testing.T) {
	_, _, err := read(t, "feed.xml", rss+`<item><g:id>1</g:id></item></channel></rss>`, catalogue.Options{})
	require.ErrorIs(t, err, catalogue.ErrEmpty)
	assert.ErrorContains(t, err, "the title is empty")
}

func TestFeedOfOneItem(t *testing.T) {
	items, _, err := read(t, "feed.xml", rss+`<item><g:id>1</g:id><title>One</title></item></channel></rss>`, catalogue.Options{})
	require.NoError(t, err)
	require.Len(t, items, 1)
	assert.Equal(t, catalogue.Place{File: "feed.xml", Line: 1}, items[0].Place)
}

func TestNotRecognised(t *testing.T) {
	for name, text := range map[string]string{
		"a.pdf": "%PDF-1.7\n\x00\x01", "a.png": "\x89PNG\r\n\x1a\n\x00", "a.xml": "<orders><order/></orders>", "a.txt": "just some words\nand more\n",
		"a.csv": "order,amount\n1,2\n", "a.zip": "PK\x03\x04\x00\x00",
	} {
		_, _, err := read(t, name, text, catalogue.Options{})
		require.ErrorIs(t, err, catalogue.ErrNotRecognised, name)
		assert.ErrorContains(t, err, "nown are", name)
		assert.ErrorContains(t, err, "starts with", name)
	}
}

func TestTruncated(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	require.NoError(t, feedgen.Write(z, 200, 1))
	require.NoError(t, z.Close())
	for name, text := range map[string]string{
		"item.xml":   rss + `<item><g:id>1</g:id><title>One</title></item><item><g:id>2</g:id><title>Tw`,
		"root.xml":   rss + `<item><g:id>1</g:id><title>One</title></item>`,
		"cdata.xml":  rss + `<item><g:id>1</g:id><title>One</title></item><item><title><![CDATA[Tw`,
		"array.json": `[{"id":1,"title":"One"},`,
		"half.json":  `[{"id":1,"title":"One"},{"id":2,`,
		"a.jsonl":    `{"id":1,"title":"One"}` + "\n" + `{"id":2,"ti`,
		"quote.csv":  "id,title,price\n1,One,2\n2,\"Tw",
		"row.csv":    "id,title,price\n1,One,2\n2,Tw",
		"feed.gz":    zipped.String()[:zipped.Len()/2],
	} {
		items, report, err := read(t, name, text, catalogue.Options{})
		require.ErrorIs(t, err, catalogue.ErrTruncated, name)
		assert.ErrorContains(t, err, name)
		assert.NotEmpty(t, items, name)
		assert.Equal(t, len(items), report.Items, name)
	}
}

func TestOneBadItemCostsNoOther(t *testing.T) {
	for name, text := range map[string]string{
		"a.xml":   rss + `<item><g:id>1</g:id><title>One</title></item><item><title <</item><item><g:id>3</g:id><title>Three</title></item></channel></rss>`,
		"b.xml":   rss + `<item><g:id>1</g:id><title>One</title></item><item><g:id>2</g:id><item><g:id>3</g:id><title>Three</title></item></channel></rss>`,
		"a.jsonl": `{"id":1,"title":"One"}` + "\n{\"id\":2,\n" + `{"id":3,"title":"Three"}`,
		"a.json":  `[{"id":1,"title":"One"},{"id":2,"title":x},{"id":3,"title":"Three"}]`,
		"a.csv":   "id,title,price\n1,One,2\n2,\"open,3\n3,Three,4\n",
	} {
		items, report, err := read(t, name, text, catalogue.Options{})
		require.NoError(t, err, name)
		var ids []string
		for _, it := range items {
			ids = append(ids, it.ID)
		}
		assert.Contains(t, ids, "1", name)
		assert.Contains(t, ids, "3", name)
		assert.NotEmpty(t, report.Problems, name)
	}
}

func TestDuplicates(t *testing.T) {
	items, report, err := read(t, "a.jsonl", `{"id":1,"title":"A","url":"/a"}`+"\n"+`{"id":1,"title":"B","url":"/b"}`+"\n"+`{"id":2,"title":"C","url":"/a"}`, catalogue.Options{})
	require.NoError(t, err)
	assert.Len(t, items, 1)
	assert.Equal(t, []string{"duplicate-id", "duplicate-url"}, kinds(report))
	assert.Equal(t, 2, report.Problems[0].Place.Line)
}

func TestBadGroup(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv":   "id,title,item_group_id\n1,One,g\x04\n2,Two,g\x04\n",
		"b.csv":   "id,title,link,availability,item_group_id\n1,One,,,g\x04\n2,Two,,,g\x04\n",
		"a.jsonl": `{"id":1,"title":"One","item_group_id":"g\u0004"}` + "\n" + `{"id":2,"title":"Two","item_group_id":"g\u0004"}`,
	} {
		items, report, err := read(t, name, text, catalogue.Options{})
		require.NoError(t, err, name)
		require.Len(t, items, 2, name)
		assert.Equal(t, "1", items[0].ID, name)
		assert.Equal(t, []catalogue.Total{{Kind: "bad-group", Severity: catalogue.Warning, Count: 2}}, report.Totals, name)
		assert.Equal(t, "item_group_id", report.Problems[0].Field, name)
		assert.Contains(t, report.Problems[0].Message, "take them out", name)
	}
}

func TestLongFields(t *testing.T) {
	long := strings.Repeat("ü", pack.MaxString)
	items, report, err := read(t, "a.jsonl", fmt.Sprintf("{\"id\":1,\"title\":%q}\n{\"id\":%q,\"title\":\"b\"}\n{\"id\":3,\"url\":\"/%s\",\"title\":\"c\"}", long, long, long), catalogue.Options{})
	require.NoError(t, err)
	require.Len(t, items, 1)
	assert.Equal(t, strings.Repeat("ü", pack.MaxString/2), items[0].Title)
	assert.Equal(t, []string{"bad-id", "bad-url", "long-title"}, kinds(report))
}

func TestRecordsBeyondTheLimit(t *testing.T) {
	huge := strings.Repeat("x", 5<<20)
	for name, text := range map[string]string{
		"a.xml":   rss + `<item><g:id>1</g:id><title>` + huge + `</title></item><item><g:id>2</g:id><title>Two</title></item></channel></rss>`,
		"b.xml":   rss + `<item><g:id>1</g:id><title><![CDATA[` + huge + `]]></title></item><item><g:id>2</g:id><title>Two</title></item></channel></rss>`,
		"a.jsonl": `{"id":0,"title":"Zero"}` + "\n" + `{"id":1,"title":"` + huge + `"}` + "\n" + `{"id":2,"title":"Two"}`,
		"a.json":  `[{"id":1,"title":"` + huge + `"},{"id":2,"title":"Two"}]`,
		"a.csv":   "id,title\n1," + huge + "\n2,Two\n",
		"b.csv":   "id,title\n1,\"" + strings.Repeat(huge[:1000]+"\n", 5000) + "\"\n2,Two\n",
	} {
		items, report, err := read(t, name, text, catalogue.Options{})
		require.NoError(t, err, name)
		require.NotEmpty(t, items, name)
		assert.Equal(t, "2", items[len(items)-1].ID, name)
		assert.NotEmpty(t, report.Problems, name)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	text := strings.Repeat("{\"title\":\"no id\"}\n", 500)
	_, report, err := read(t, "a.jsonl", text, catalogue.Options{})
	require.ErrorIs(t, err, catalogue.ErrEmpty)
	assert.Len(t, report.Problems, catalogue.MaxProblems)
	assert.Equal(t, []catalogue.Total{{Kind: "missing-id", Severity: catalogue.Error, Count: 500}}, report.Totals)
}

func TestStrict(t *testing.T) {
	clean := `{"id":1,"title":"A"}`
	_, _, err := read(t, "a.jsonl", clean, catalogue.Options{Strict: true})
	require.NoError(t, err)
	items, _, err := read(t, "a.jsonl", clean+"\n"+`{"id":2,"title":"B","price":"cheap"}`, catalogue.Options{Strict: true})
	require.ErrorIs(t, err, catalogue.ErrStrict)
	assert.Len(t, items, 2)
	_, _, err = read(t, "a.csv", "Handle,Title,Variant Price,Status\na,A,,active\nb,B,,draft\n", catalogue.Options{Strict: true})
	require.NoError(t, err, "what was left out on purpose is no fault")
}

func TestYieldStops(t *testing.T) {
	stop := errors.New("enough")
	_, err := catalogue.ReadFrom(context.Background(), "a", strings.NewReader(`{"id":1,"title":"A"}`), catalogue.Options{},
		func(catalogue.Item) error { return stop })
	assert.Equal(t, stop, err)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var feed bytes.Buffer
	require.NoError(t, feedgen.Write(&feed, 2000, 1))
	_, err := catalogue.ReadFrom(ctx, "a", &feed, catalogue.Options{}, func(catalogue.Item) error { cancel(); return nil })
	assert.ErrorIs(t, err, context.Canceled)
}

func TestOptionsAreChecked(t *testing.T) {
	for _, opt := range []catalogue.Options{{BaseURL: "shop.example"}, {BaseURL: "ftp://x/"}, {Currency: "euro"}, {Language: "dutch"}} {
		_, _, err := read(t, "a", `{"id":1,"title":"A"}`, opt)
		assert.ErrorContains(t, err, "want", "%+v", opt)
	}
}

func TestMissingFile(t *testing.T) {
	_, _, err := catalogue.ReadAll(context.Background(), []string{"testdata/none.xml"}, catalogue.Options{})
	require.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, "testdata/none.xml")
}

func TestReadAllMerges(t *testing.T) {
	fsys := fstest.MapFS{
		"a.jsonl":          {Data: []byte(`{"id":1,"title":"A","url":"/a"}` + "\n" + `{"id":2,"title":"B","group_id":"g"}` + "\n" + `{"id":3,"title":"C"}`)},
		"site/a.html":      {Data: []byte(`<!doctype html><title>A page</title><link rel=canonical href="/a">`)},
		"site/b/index.htm": {Data: []byte(`<!doctype html><title>B page</title>`)},
		"site/style.css":   {Data: []byte(`p{}`)},
	}
	var last, whole int64
	items, reports, err := catalogue.ReadAll(context.Background(), []string{"a.jsonl", "site"}, catalogue.Options{
		FS: fsys, Progress: func(done, total int64) {
			assert.LessOrEqual(t, last, done)
			assert.LessOrEqual(t, done, total)
			last, whole = done, total
		},
	})
	require.NoError(t, err)
	var ids []string
	for _, it := range items {
		ids = append(ids, it.ID)
	}
	assert.Equal(t, []string{"1", "g", "3", "/b/"}, ids, "a folded item stands where its first variant does")
	assert.Equal(t, []string{"duplicate-url"}, kinds(reports[1]))
	assert.Positive(t, whole)
	assert.LessOrEqual(t, last, whole)
}

func TestGzip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "feed")
	f, err := os.Create(name)
	require.NoError(t, err)
	z := gzip.NewWriter(f)
	require.NoError(t, feedgen.Write(z, 500, 3))
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	items, reports, err := catalogue.ReadAll(context.Background(), []string{name}, catalogue.Options{})
	require.NoError(t, err)
	assert.Equal(t, 500, reports[0].Records)
	assert.Empty(t, reports[0].Totals)
	assert.Less(t, len(items), 500)
}

func TestFeedgenIsDeterministic(t *testing.T) {
	var a, b, c bytes.Buffer
	require.NoError(t, feedgen.Write(&a, 300, 5))
	require.NoError(t, feedgen.Write(&b, 300, 5))
	require.NoError(t, feedgen.Write(&c, 300, 6))
	assert.Equal(t, a.String(), b.String())
	assert.NotEqual(t, a.String(), c.String())
	assert.Equal(t, 300, strings.Count(a.String(), "<item>"))
}

// Quotes that mean nothing, in every row, must not make the reading search the rest of the file for each.
func TestQuotesThatMeanNothing(t *testing.T) {
	var b strings.Builder
	b.WriteString("id\ttitle\tprice\n")
	const n = 50_000
	for i := range n {
		fmt.Fprintf(&b, "%d\t\"Best\" thing of all %d\t1 EUR\n", i, i)
	}
	items, report, err := read(t, "a.tsv", b.String(), catalogue.Options{})
	require.NoError(t, err)
	assert.Len(t, items, n)
	assert.Equal(t, []catalogue.Total{{Kind: "stray-quote", Severity: catalogue.Warning, Count: n}}, report.Totals)
}

func TestFolderWithOtherFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"site/index.html":    {Data: []byte("<!doctype html><title>Start</title>")},
		"site/a.html":        {Data: []byte("\xef\xbb\xbf<!doctype html><title>A</title>")},
		"site/style.css.gz":  {Data: []byte("\x1f\x8b broken")},
		"site/data.gz":       {Data: []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01")},
		"site/i.png":         {Data: []byte("\x89PNG\r\n\x1a\n\x00")},
		"site/empty.html":    {Data: nil},
		"site/.git/page.htm": {Data: []byte("<!doctype html><title>Hidden</title>")},
	}
	items, reports, err := catalogue.ReadAll(context.Background(), []string{"site"}, catalogue.Options{FS: fsys, BaseURL: "https://shop.example/en/"})
	require.NoError(t, err)
	assert.Empty(t, reports[0].Problems)
	require.Len(t, items, 2)
	assert.Equal(t, "https://shop.example/en/a.html", items[0].URL)
	assert.Equal(t, "/en/a.html", items[0].ID)
	assert.Equal(t, "https://shop.example/en/", items[1].URL)
}
