package learn

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// shop is a catalogue of three items, whose variants have stock numbers.
var shop = []catalogue.Item{
	{ID: "dome-tent", Title: "Dome tent", URL: "https://shop.example/products/dome-tent", Aliases: []string{"93", "TENT-2", "TENT-3"}},
	{ID: "sleeping-mat", Title: "Sleeping mat", URL: "/products/sleeping-mat", Aliases: []string{"MAT-1"}},
	{ID: "gas-stove", Title: "Gas stove", URL: "https://shop.example/products/gas-stove", Aliases: []string{"95", "STOVE-1"}},
}

// contextsOf spells the contexts of sessions.
func contextsOf(v *Visits) (out []string) {
	for k := range v.Sessions() {
		var names []string
		for _, c := range v.Context(k).classes() {
			names = append(names, c.String())
		}
		out = append(out, strings.Join(names, " "))
	}
	return out
}

func TestFormats(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	regions := map[string]pack.Class{"NL": pack.Region1, "BE": pack.Region1, "DE": pack.Region1 + 1}
	type counts struct {
		Bots, Aside, Nameless, Cancelled, Repeats, Other, Unknown int
	}
	for _, test := range []struct {
		file, format     string
		without          bool // a catalogue
		sessions, inside []string
		counts           counts
		visitors         bool
	}{
		{file: "ga4.jsonl", format: "ga4",
			// The list is no view, and what was bought had been viewed, but the stove.
			sessions: []string{"dome-tent sleeping-mat gas-stove", "sleeping-mat gas-stove"},
			inside:   []string{"morning weekday phone region-1 referrer-search", "afternoon weekday desktop region-2 referrer-mail"},
			counts:   counts{Nameless: 1, Repeats: 3, Other: 3, Unknown: 1}, visitors: true},
		{file: "ga4.jsonl", format: "ga4", without: true,
			sessions: []string{"TENT-2 MAT-1 STOVE-1", "MAT-1 STOVE-1", "LAMP-9"},
			inside: []string{"morning weekday phone region-1 referrer-search", "afternoon weekday desktop region-2 referrer-mail",
				"afternoon weekday desktop region-2 referrer-search"},
			counts: counts{Nameless: 1, Repeats: 2, Other: 4}, visitors: true},
		{file: "matomo-live.json", format: "matomo",
			sessions: []string{"dome-tent sleeping-mat", "gas-stove sleeping-mat"},
			inside:   []string{"morning weekday desktop region-1 referrer-none", "morning weekday phone region-1 referrer-social"},
			counts:   counts{Repeats: 2, Other: 2}},
		{file: "matomo.csv", format: "matomo",
			sessions: []string{"dome-tent sleeping-mat", "gas-stove sleeping-mat"},
			inside:   []string{"morning weekday desktop region-1 referrer-none", "morning weekday phone region-1 referrer-social"},
			counts:   counts{Other: 1}},
		{file: "snowplow.tsv", format: "snowplow",
			sessions: []string{"dome-tent sleeping-mat"}, inside: []string{"morning weekday desktop region-1 referrer-search"},
			counts: counts{Bots: 1, Repeats: 1, Other: 2}},
		{file: "snowplow.jsonl", format: "snowplow",
			sessions: []string{"dome-tent sleeping-mat"}, inside: []string{"morning weekday phone region-1"},
			counts: counts{Other: 1}},
		{file: "shopify.csv", format: "shopify",
			sessions: []string{"gas-stove", "dome-tent sleeping-mat"}, inside: []string{"morning weekend region-2", "evening weekday region-1"},
			counts: counts{Cancelled: 2, Repeats: 1, Unknown: 1}},
		{file: "shopify.csv", format: "shopify", without: true,
			sessions: []string{"STOVE-1 Gift card", "TENT-2 TENT-3 Sleeping mat - Blue / L"},
			inside:   []string{"morning weekend region-2", "evening weekday region-1"},
			counts:   counts{Cancelled: 2}},
		{file: "woocommerce.json", format: "woocommerce",
			sessions: []string{"dome-tent sleeping-mat"}, inside: []string{"morning weekday phone region-1"},
			counts: counts{Cancelled: 1}},
		{file: "woocommerce.csv", format: "woocommerce",
			sessions: []string{"dome-tent sleeping-mat"}, inside: []string{"morning weekday region-1"},
			counts: counts{Cancelled: 1}},
		{file: "woocommerce-lines.csv", format: "woocommerce",
			sessions: []string{"dome-tent sleeping-mat", "gas-stove"}, inside: []string{"morning weekday region-1", "afternoon weekday region-1"}},
		{file: "access.log", format: "access-log",
			// The mat's line stands before the tent's, which was asked for before it.
			sessions: []string{"dome-tent sleeping-mat", "gas-stove", "gas-stove"},
			inside:   []string{"morning weekday phone referrer-search", "morning weekday desktop referrer-none", "afternoon weekday phone"},
			counts:   counts{Bots: 1, Aside: 3, Repeats: 1, Other: 1}, visitors: true},
		{file: "vhost.log", format: "access-log",
			sessions: []string{"dome-tent gas-stove"}, inside: []string{"morning weekday desktop"}, visitors: true},
	} {
		name := test.file
		if test.without {
			name += " without a catalogue"
		}
		t.Run(name, func(t *testing.T) {
			opt := ReadOptions{Now: now, Zone: amsterdam, Regions: regions}
			if !test.without {
				opt.Catalogue = NewLookup(shop)
			}
			v, r, err := Read(context.Background(), []string{filepath.Join("testdata", test.file)}, opt)
			require.NoError(t, err)
			assert.Equal(t, []string{test.format}, r.Formats)
			assert.Equal(t, test.sessions, sessionsOf(v))
			assert.Equal(t, test.inside, contextsOf(v))
			assert.Equal(t, test.counts, counts{r.Bots, r.Aside, r.Nameless, r.Cancelled, r.Repeats, r.Other.Events, r.Unknown.Events})
			assert.Equal(t, test.visitors, r.Visitors)
		})
	}
}

// TestSnowplowStream reads the lines of the enriched stream, which have no header.
func TestSnowplowStream(t *testing.T) {
	require.Len(t, snowplowColumns, 131)
	line := func(cells map[string]string) string {
		var out []string
		for _, name := range snowplowColumns {
			out = append(out, cells[name])
		}
		return strings.Join(out, "\t") + "\n"
	}
	const product = `{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{` +
		`"schema":"iglu:com.snowplowanalytics.snowplow/add_to_cart/jsonschema/1-0-0","data":{"sku":"MAT-1","quantity":1}}}`
	text := line(map[string]string{"app_id": "shop", "event": "page_view", "domain_userid": "u", "domain_sessionid": "s", "geo_country": "NL",
		"page_url": "https://shop.example/products/gas-stove", "derived_tstamp": "2026-01-05 10:00:00.500", "dvce_type": "Computer"}) +
		line(map[string]string{"app_id": "shop", "event": "unstruct", "domain_userid": "u", "domain_sessionid": "s",
			"unstruct_event": product, "derived_tstamp": "2026-01-05 10:01:00.500"})
	v, r, err := Read(context.Background(), []string{logOf(t, "enriched", text)}, ReadOptions{Now: now, Catalogue: NewLookup(shop)})
	require.NoError(t, err)
	assert.Equal(t, []string{"snowplow"}, r.Formats)
	assert.Equal(t, []string{"gas-stove sleeping-mat"}, sessionsOf(v))
	assert.Equal(t, []string{"desktop referrer-none"}, contextsOf(v))
}

// TestRotatedAccessLogs shows that who goes on in the next log is who was in the one before.
func TestRotatedAccessLogs(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for k := range 2 {
		name := filepath.Join(dir, fmt.Sprint("access.log.", 2-k))
		line := fmt.Sprintf("203.0.113.7 - - [15/Nov/2023:09:0%d:00 +0000] \"GET /p/%d HTTP/1.1\" 200 51 \"-\" "+
			"\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"\n", k, k)
		require.NoError(t, os.WriteFile(name, []byte(line), 0o666))
		names = append(names, name)
	}
	items := []catalogue.Item{{ID: "a", URL: "https://shop.example/p/0"}, {ID: "b", URL: "https://shop.example/p/1"}}
	v, report, err := Read(context.Background(), names, ReadOptions{Now: now, Catalogue: NewLookup(items)})
	require.NoError(t, err)
	assert.Equal(t, 1, v.Sessions())
	assert.Equal(t, 1, report.Sessions)
}

// TestWooRows shows that rows of orders are read as orders of the API are: what was deleted is told by its SKU, and what was not paid is left out.
func TestWooRows(t *testing.T) {
	name := logOf(t, "orders.csv", "order_id,order_number,order_date,status,item_name,item_product_id,item_sku\n"+
		"1,1,2023-11-01 10:00:00,wc-completed,Gone,0,MAT-1\n1,1,2023-11-01 10:00:00,wc-completed,Dome tent,93,\n"+
		"2,2,2023-11-01 11:00:00,wc-pending,Gas stove,95,\n")
	v, r, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Catalogue: NewLookup(shop)})
	require.NoError(t, err)
	assert.Equal(t, []string{"sleeping-mat dome-tent"}, sessionsOf(v))
	assert.Equal(t, 1, r.Cancelled)
}

// TestMachinesAreNotKept shows that of a session of far too many events all are counted, and few held.
func TestMachinesAreNotKept(t *testing.T) {
	name := logOf(t, "log.csv", "session_id,item_id,time\n"+visitOf("machine", 5_000, func(k int) int { return k % 7 })+"s,a,1699999990\ns,b,1699999995\n")
	v, r, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, MostEvents: 10})
	require.NoError(t, err)
	assert.Equal(t, 1, v.Sessions())
	assert.Equal(t, []int{1, 5_000}, []int{r.Machines, r.MachineEvents})
}
