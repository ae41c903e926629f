package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/internal/realdata"
	"github.com/nabij/nabij/web/browser"
)

// BenchmarkFirstVisit prints what a browser fetches of a shop on the first page of a first visit, pictures aside: each file
// as it is and compressed. The page has two slots; the visitor's panel, which other pages have, stands apart. Which files
// those are is told by Chromium's requests. With -v it prints too what the pack's sections weigh.
//
// Nothing is timed: the sizes are those of the files.
func BenchmarkFirstVisit(b *testing.B) {
	for _, shop := range []struct {
		name  string
		feeds func(b *testing.B) []string
		flags []string
	}{
		{"gifts", gifts, []string{"--currency", "GBP", "--language", "en"}},
		{"books", books, nil},
		{"samples", func(b *testing.B) (feeds []string) {
			for _, name := range []string{"apparel", "home-and-garden", "jewelery"} {
				feeds = append(feeds, realdata.Path(b, "shopify_samples/"+name+".csv"))
			}
			return feeds
		}, []string{"--currency", "USD"}},
	} {
		b.Run(shop.name, func(b *testing.B) {
			feeds := shop.feeds(b)
			dir := b.TempDir()
			var out, errs bytes.Buffer
			args := slices.Concat([]string{"build", "--out", dir, "--neighbours", "20"}, shop.flags, feeds)
			require.Zero(b, runContext(context.Background(), args, strings.NewReader(""), &out, &errs), "%s", &errs)
			for b.Loop() {
				tellFirstVisit(b, filepath.Join(dir, build.WebFolder))
			}
		})
	}
}

// tellFirstVisit visits the most popular item's page of the site that serves what was built, and reports what that took.
func tellFirstVisit(b *testing.B, folder string) {
	packs, err := filepath.Glob(filepath.Join(folder, "*.pack"))
	require.NoError(b, err)
	require.Len(b, packs, 1)
	data, err := os.ReadFile(packs[0])
	require.NoError(b, err)
	p, err := pack.Open(data)
	require.NoError(b, err)

	var table strings.Builder
	line := func(name string, f fileSize) {
		fmt.Fprintf(&table, "%-32s %9s %9s\n", name, grouped(f.raw), grouped(f.packed))
	}
	fmt.Fprintf(&table, "%-32s %9s %9s\n", counted(int(p.Items()), "item"), "bytes", "brotli 11")
	var sum fileSize
	for _, name := range fetchedFirst(b, folder, string(p.URL(0))) {
		f := fileOf(b, folder, name)
		line(name, f)
		sum.raw += f.raw
		sum.packed += f.packed
		b.ReportMetric(float64(f.packed)/1000, strings.TrimPrefix(path.Ext(name), ".")+"-kB")
	}
	line("first visit", sum)
	for _, name := range panels(b, folder) {
		line(name+" (the panel, where it is)", fileOf(b, folder, name))
	}
	b.ReportMetric(float64(sum.packed)/1000, "kB")
	b.ReportMetric(0, "ns/op")
	if testing.Verbose() {
		tellSections(&table, data)
	}
	b.Log("\n" + table.String())
}

func fileOf(b *testing.B, folder, name string) fileSize {
	content, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(b, err)
	return sizeOf(name, content)
}

// panels returns the scripts whose names change with their content.
func panels(b *testing.B, folder string) (names []string) {
	files, err := filepath.Glob(filepath.Join(folder, "nabij-*.js"))
	require.NoError(b, err)
	for _, f := range files {
		if name := filepath.Base(f); !build.Fixed(name) {
			names = append(names, name)
		}
	}
	return names
}

// fetchedFirst returns the files of the folder that Chromium asks for on the first page of a visit.
func fetchedFirst(b *testing.B, folder, page string) (names []string) {
	const at = "/nabij/"
	mux := http.NewServeMux()
	files := http.StripPrefix(at, http.FileServer(http.Dir(folder)))
	mux.HandleFunc("GET "+at, func(w http.ResponseWriter, r *http.Request) {
		if path.Ext(r.URL.Path) == ".wasm" {
			w.Header().Set("Content-Type", "application/wasm") // which not every system knows
		}
		files.ServeHTTP(w, r)
	})
	mux.HandleFunc("GET /favicon.ico", http.NotFound)
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// Pictures of real shops would be asked for at these shops.
		w.Header().Set("Content-Security-Policy", "img-src 'none'")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>%s</title><style>nabij-suggestions { display: block; min-block-size: 20rem }</style>
			<script defer src="%s%s"></script><nabij-suggestions slot-name="related"></nabij-suggestions>
			<nabij-suggestions slot-name="suggestions"></nabij-suggestions>`, html.EscapeString(r.URL.Path), at, build.ScriptName)
	})
	recorder := browser.NewRecorder(b, mux)
	chromium := browser.Start(b, browser.Chromium)
	chromium.Navigate(recorder.URL + page)
	chromium.Wait(`[...document.querySelectorAll("nabij-suggestions")].every((e) => e.shadowRoot.querySelector("li"))`, limit)
	for _, request := range recorder.Requests() {
		if name, ours := strings.CutPrefix(request.Target, at); ours {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(path.Ext(a), path.Ext(b)), cmp.Compare(a, b)) })
	require.Equal(b, slices.Compact(slices.Clone(names)), names, "each is fetched once")
	return names
}

// tellSections writes what each section of a pack weighs: as it is, compressed alone, and what the whole pack would save
// compressed if it were not there.
func tellSections(w *strings.Builder, data []byte) {
	const header, descriptor = 24, 16 // core/pack/FORMAT.md
	type section struct {
		name               string
		raw, alone, saving int
	}
	var list []section
	whole := sizeOf("", data).packed
	for d := header; d < header+descriptor*int(binary.LittleEndian.Uint16(data[10:])); d += descriptor {
		from, size := int(binary.LittleEndian.Uint32(data[d+8:])), int(binary.LittleEndian.Uint32(data[d+12:]))
		without := slices.Concat(data[:from], data[from+size:])
		list = append(list, section{string(data[d : d+4]), size, sizeOf("", data[from:from+size]).packed, whole - sizeOf("", without).packed})
	}
	slices.SortStableFunc(list, func(a, b section) int { return cmp.Compare(b.saving, a.saving) })
	fmt.Fprintf(w, "%-32s %9s %9s %9s\n", "section", "bytes", "alone", "saves")
	for _, s := range list {
		fmt.Fprintf(w, "%-32s %9s %9s %9s\n", s.name, grouped(s.raw), grouped(s.alone), grouped(s.saving))
	}
}

// shopItems is how many items of a real catalogue a shop has.
const shopItems = 1_000

// gifts makes a feed of a gift shop: the catalogue's titles, prices and stock codes, and addresses made of them.
func gifts(b *testing.B) []string {
	return feedOf(b, "online_retail", func(row map[string]string) {
		row["id"], row["url"] = row["stock_code"], "/products/"+slug(row["title"])
		row["image"] = "/images/products/" + strings.ToLower(row["stock_code"]) + "_600x600.jpg"
		delete(row, "item_id")
		delete(row, "stock_code")
	})
}

// books makes a feed of a book shop: the catalogue's titles, authors and pictures, and addresses made of the titles.
func books(b *testing.B) []string {
	return feedOf(b, "goodbooks10k", func(row map[string]string) { row["url"] = "/books/" + slug(row["title"]) })
}

// feedOf writes the first items of a data set's catalogue as JSON Lines, each edited; what has the id or address of
// one before is left out. A category of less than five of them, of which no shop would make a department, is "other".
func feedOf(b *testing.B, name string, edit func(row map[string]string)) []string {
	f, err := os.Open(realdata.Path(b, name+"/catalogue.csv"))
	require.NoError(b, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(b, err)
	var rows []map[string]string
	in, taken := map[string]int{}, map[string]bool{}
	for _, record := range records[1:] {
		row := map[string]string{}
		for k, name := range records[0] {
			row[name] = record[k]
		}
		edit(row)
		if id := cmp.Or(row["id"], row["item_id"]); len(rows) < shopItems && id != "" && !taken[id] && !taken[row["url"]] {
			taken[id], taken[row["url"]] = true, true
			in[row["category"]]++
			rows = append(rows, row)
		}
	}
	require.Len(b, rows, shopItems)
	var feed bytes.Buffer
	for _, row := range rows {
		if in[row["category"]] < 5 {
			row["category"] = "other"
		}
		require.NoError(b, json.NewEncoder(&feed).Encode(row))
	}
	path := filepath.Join(b.TempDir(), name+".jsonl")
	require.NoError(b, os.WriteFile(path, feed.Bytes(), 0o644))
	return []string{path}
}

var notOfSlugs = regexp.MustCompile(`[^a-z0-9]+`)

// slug returns a title as an address has it.
func slug(title string) string {
	return strings.Trim(notOfSlugs.ReplaceAllString(strings.ToLower(title), "-"), "-")
}

// TestDemoPackSize holds the exact size of the demo shop's pack, so that a review sees it change. UPDATE=1 go test rewrites it.
func TestDemoPackSize(t *testing.T) {
	data, err := packDemo(context.Background())
	require.NoError(t, err)
	f := sizeOf("", data)
	got := fmt.Sprintf("pack: %d B, brotli 11 %d B\n", f.raw, f.packed)
	const file = "testdata/demo.size"
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "UPDATE=1 go test ./host/cmd/nabij -run Size rewrites it")
}
