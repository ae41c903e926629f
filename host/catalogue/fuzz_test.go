package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nabij/nabij/host/catalogue"
)

// fuzzRead reads data and fails the test unless every item obeys the rules and IDs and URLs are unique.
func fuzzRead(t *testing.T, name string, data []byte, opt catalogue.Options) {
	t.Helper()
	ids, urls := map[string]bool{}, map[string]bool{}
	check := func(it catalogue.Item) error {
		if err := validate(it); err != nil {
			t.Fatal(err)
		}
		if ids[it.ID] || (it.URL != "" && urls[it.URL]) {
			t.Fatalf("item %q (%s) came twice", it.ID, it.URL)
		}
		ids[it.ID], urls[it.URL] = true, true
		return nil
	}
	var report catalogue.Report
	var err error
	if opt.FS != nil {
		report, err = catalogue.Read(context.Background(), name, opt, check)
	} else {
		report, err = catalogue.ReadFrom(context.Background(), name, bytes.NewReader(data), opt, check)
	}
	if report.Items != len(ids) {
		t.Fatalf("the report counts %d items, %d came", report.Items, len(ids))
	}
	if err != nil && !errors.Is(err, catalogue.ErrEmpty) && !errors.Is(err, catalogue.ErrNotRecognised) && !errors.Is(err, catalogue.ErrTruncated) {
		t.Fatalf("an error without a name: %v", err)
	}
	for _, p := range report.Problems {
		if p.Message == "" || p.Kind == "" || p.Place.File == "" || bytes.ContainsAny([]byte(p.String()), "\n\r") {
			t.Fatalf("a problem that says too little, or too much: %#v", p)
		}
	}
}

// addInputs adds the golden inputs with one of the extensions as seeds.
func addInputs(f *testing.F, extensions ...string) {
	for _, ext := range extensions {
		names, err := filepath.Glob("testdata/input/*" + ext)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

var (
	fuzzBare = catalogue.Options{}
	fuzzFull = catalogue.Options{BaseURL: "https://shop.example/x/y", Currency: "EUR", Language: "nl",
		Now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
)

// fuzzFormat fuzzes with what makes the input be recognised put before it, and without.
func fuzzFormat(f *testing.F, before string) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzRead(t, "input", data, fuzzBare)
		fuzzRead(t, "input", append([]byte(before), data...), fuzzFull)
	})
}

func FuzzMerchantXML(f *testing.F) {
	addInputs(f, ".xml")
	f.Add([]byte(`<item><g:id>1</g:id><title>a</title><link>/a</link></item></channel></rss>`))
	fuzzFormat(f, `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>`)
}

func FuzzTable(f *testing.F) {
	addInputs(f, ".csv", ".tsv")
	f.Add([]byte("1,a,/b,\"x\",EUR\n2,\"b\n"))
	fuzzFormat(f, "id,title,link,price,availability\n")
}

func FuzzShopify(f *testing.F) {
	addInputs(f, ".csv")
	f.Add([]byte("a,A,text,v,t,\"x, y\",true,Size,M,9.99,3,deny,shopify\na,,,,,,,,L,8,0,continue,shopify\n"))
	fuzzFormat(f, "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant Price,"+
		"Variant Inventory Qty,Variant Inventory Policy,Variant Inventory Tracker\n")
}

func FuzzWooCommerce(f *testing.F) {
	addInputs(f, ".csv")
	f.Add([]byte("1,variable,s,A,1,\"A > B, C\",,,,Size,\"M, L\"\n2,variation,t,A - M,1,,9,,id:1,Size,M\n3,variation,u,A - L,1,,8,,s,Size,L\n"))
	fuzzFormat(f, "ID,Type,SKU,Name,Published,Categories,Regular price,Sale price,Parent,Attribute 1 name,Attribute 1 value(s)\n")
}

func FuzzJSONLines(f *testing.F) {
	addInputs(f, ".jsonl", ".json")
	f.Add([]byte(`{"id":1,"title":"a","topics":[["a","b"],"c > d"],"price":1.5,"attributes":{"a":[1,"b"]}}` + "\n" + `{"id":2}`))
	f.Add([]byte(`[{"id":1,"title":"a"},{"id":"2","title":"b","group_id":3}]`))
	fuzzFormat(f, `{"id":"first","title":"First"}`+"\n")
}

func FuzzHTML(f *testing.F) {
	names, _ := filepath.Glob("testdata/site/*/*.html")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	fuzzFormat(f, "<!doctype html><title>t</title>")
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://shop.example/a</loc></url><url><loc>/b/</loc></url></urlset>`))
	f.Add([]byte(`<sitemapindex><sitemap><loc>https://shop.example/sitemap.xml</loc></sitemap></sitemapindex>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		page := &fstest.MapFile{Data: []byte("<!doctype html><title>Page</title>")}
		fsys := fstest.MapFS{
			"sitemap.xml": {Data: append([]byte("<urlset>"), data...)}, "other.xml": {Data: data},
			"a.html": page, "b/index.html": page, "index.html": page,
		}
		for _, name := range []string{"sitemap.xml", "other.xml"} {
			opt := fuzzFull
			opt.FS = fsys
			fuzzRead(t, name, nil, opt)
		}
	})
}

func FuzzArticleFeed(f *testing.F) {
	addInputs(f, ".xml")
	f.Add([]byte(`<item><title>a</title><link>https://b.example/a</link><content:encoded><![CDATA[<img src="/i.png">]]></content:encoded></item>`))
	fuzzFormat(f, `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://b.example/</link>`)
}
