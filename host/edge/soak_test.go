package edge

import (
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"testing"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/pagetest"
)

// TestSoak asks for mixed pages: NABIJ_SOAK of them, where it is set. Memory is the test's own: that of origin and visitors, too.
func TestSoak(t *testing.T) {
	origin := &pagetest.Mixed{Page: longPage}
	e, err := New(testPack(t), Config{
		Config:        moment.Config{Classes: []string{moment.Device, moment.Region}, Regions: [][]string{{"NL"}, {"DE"}}},
		CountryHeader: "CF-IPCountry",
		CacheBytes:    8 << 20, // full by the first quarter
		Failed:        func(err error) { t.Error(err) },
		Engine:        []host.Option{host.CacheDir(t.TempDir())},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	server := httptest.NewServer(e.Handler(origin))
	defer server.Close()
	pagetest.Soak{
		URL: server.URL, Origin: origin, Suggest: "/_nabij/suggest?slot=next&item=shirt&class=0.0.7.0.0.0",
		Ask: func(r *http.Request, country string) { r.Header.Set("CF-IPCountry", country) },
		Memory: func() int {
			debug.FreeOSMemory()
			return pagetest.Resident(t, os.Getpid())
		},
	}.Run(t)
}
