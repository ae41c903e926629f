package learn

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

// BenchmarkRead tells how many bytes and events of logs of some formats are read a second.
func BenchmarkRead(b *testing.B) {
	var table, ga4, access strings.Builder
	table.WriteString("session_id,item_id,unix_time_s\n")
	products := []string{"dome-tent", "sleeping-mat", "gas-stove"}
	const events = 20_000
	var rows []ga4ListRow
	for k := range events {
		at, product := 1_767_607_200+k, products[k%len(products)]
		fmt.Fprintf(&table, "%d,%s,%d\n", k/4, product, at)
		fmt.Fprintf(&ga4, `{"event_date":"20260105","event_timestamp":"%d000000","event_name":"view_item","event_params":[`+
			`{"key":"ga_session_id","value":{"string_value":null,"int_value":"%d"}},{"key":"page_title","value":{"string_value":"%s"}}],`+
			`"user_pseudo_id":"%d.5","device":{"category":"mobile","web_info":{"browser":"Safari"}},"geo":{"country":"Netherlands","city":"Utrecht"},`+
			`"items":[{"item_id":"%s","item_name":"Thing","price":9.5,"quantity":1}]}`+"\n", at, k/4, product, k/4, product)
		session, user, title := int64(k/4), fmt.Sprint(k/4, ".5"), product
		row := ga4ListRow{Name: "view_item", Time: int64(at) * 1e6, User: &user, Items: []ga4ItemRow{{product, "Thing"}},
			Params: []ga4Param{{"ga_session_id", ga4Value{Int: &session}}, {"page_title", ga4Value{String: &title}}}}
		row.Device.Category, row.Geo.Country = "mobile", "Netherlands"
		rows = append(rows, row)
		fmt.Fprintf(&access, `10.0.%d.%d - - [05/Jan/2026:11:%02d:%02d +0100] "GET /products/%s HTTP/1.1" 200 5120 "https://shop.example/" "%s"`+"\n",
			k/256%256, k%256, k/60%60, k%60, product, phoneAgent)
	}
	columns, err := os.ReadFile(parquetOf(b, rows, parquet.MaxRowsPerRowGroup(events)))
	require.NoError(b, err)
	for _, log := range []struct{ name, format, text string }{
		{"table", "table", table.String()}, {"ga4", "ga4", ga4.String()}, {"ga4-parquet", "ga4", string(columns)}, {"access-log", "access-log", access.String()},
	} {
		b.Run(log.name, func(b *testing.B) {
			b.SetBytes(int64(len(log.text)))
			for b.Loop() {
				s := newSessioniser(ReadOptions{Now: now, Catalogue: NewLookup(shop), Gap: DefaultGap, MostEvents: DefaultMostEvents})
				in, err := strings.NewReader(log.text), error(nil)
				if strings.HasPrefix(log.text, parquetMagic) {
					err = readParquet(context.Background(), in, in.Size(), s)
				} else {
					err = readAs(bufio.NewReaderSize(in, 1<<16), "", s)
				}
				require.NoError(b, err)
				v, r, err := s.end(context.Background())
				require.NoError(b, err)
				require.Equal(b, []string{log.format}, r.Formats)
				require.NotZero(b, v.Sessions())
			}
			b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
