package learn

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkRead tells how many bytes of logs of some formats are read a second.
func BenchmarkRead(b *testing.B) {
	var table, ga4, access strings.Builder
	table.WriteString("session_id,item_id,unix_time_s\n")
	products := []string{"dome-tent", "sleeping-mat", "gas-stove"}
	for k := range 20_000 {
		at, product := 1_767_607_200+k, products[k%len(products)]
		fmt.Fprintf(&table, "%d,%s,%d\n", k/4, product, at)
		fmt.Fprintf(&ga4, `{"event_date":"20260105","event_timestamp":"%d000000","event_name":"view_item","event_params":[`+
			`{"key":"ga_session_id","value":{"string_value":null,"int_value":"%d"}},{"key":"page_title","value":{"string_value":"%s"}}],`+
			`"user_pseudo_id":"%d.5","device":{"category":"mobile","web_info":{"browser":"Safari"}},"geo":{"country":"Netherlands","city":"Utrecht"},`+
			`"items":[{"item_id":"%s","item_name":"Thing","price":9.5,"quantity":1}]}`+"\n", at, k/4, product, k/4, product)
		fmt.Fprintf(&access, `10.0.%d.%d - - [05/Jan/2026:11:%02d:%02d +0100] "GET /products/%s HTTP/1.1" 200 5120 "https://shop.example/" "%s"`+"\n",
			k/256%256, k%256, k/60%60, k%60, product, phoneAgent)
	}
	for name, text := range map[string]string{"table": table.String(), "ga4": ga4.String(), "access-log": access.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				s := newSessioniser(ReadOptions{Now: now, Catalogue: NewLookup(shop), Gap: DefaultGap, MostEvents: DefaultMostEvents})
				require.NoError(b, readAs(bufio.NewReaderSize(strings.NewReader(text), 1<<16), "", s))
				v, r, err := s.end(context.Background())
				require.NoError(b, err)
				require.Equal(b, []string{name}, r.Formats)
				require.NotZero(b, v.Sessions())
			}
		})
	}
}
