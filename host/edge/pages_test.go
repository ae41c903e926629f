package edge

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/pagetest"
)

// TestPages is of the cases that the worker has too.
func TestPages(t *testing.T) {
	suite := pagetest.Load(t, "../..")
	for name, text := range suite.Configs {
		var said struct {
			moment.Config
			Base       string
			Everywhere bool
			Preload    []markup.Preload
		}
		require.NoError(t, json.Unmarshal(text, &said))
		e, err := New(suite.Pack, Config{
			Config: said.Config, Base: said.Base, Everywhere: said.Everywhere, Preload: said.Preload,
			ZoneOf:        func(r *http.Request) string { return r.Header.Get("X-Zone") },
			CountryHeader: "X-Country",
			Now:           func() time.Time { return suite.Now },
			Failed:        func(err error) { t.Error(err) },
			Engine:        []host.Option{host.Native()},
		})
		require.NoError(t, err)
		origin := pagetest.NewOrigin()
		server := httptest.NewServer(e.Handler(origin))
		suite.Run(t, name, pagetest.Site{URL: server.URL, Origin: origin, Golden: true, Ask: func(r *http.Request, zone, country string) {
			r.Header.Set("X-Zone", zone)
			r.Header.Set("X-Country", country)
		}})
		server.Close()
		require.NoError(t, e.Close())
	}
	suite.Whole(t)
}
