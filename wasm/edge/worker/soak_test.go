package worker_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
)

// TestSoak asks for mixed pages: NABIJ_SOAK of them, where it is set.
func TestSoak(t *testing.T) {
	store := &store{}
	store.set(shop(t))
	origin := &pagetest.Mixed{Page: benchPage()}
	server := httptest.NewServer(origin)
	defer server.Close()
	const config = `{"classes":["device","region"],"regions":[["NL"],["DE"]],"pack":{"kv":"a.pack"}}`
	e := start(t, config, withAnswers(t, config), func(c *workerd.Config) {
		c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(store.kv)}
		c.Origin = server.Listener.Addr().String()
	})
	pagetest.Soak{
		URL: e.server.URL, Origin: origin, Suggest: "/_nabij/suggest?slot=next&item=item-5&class=0.0.7.0.0.0",
		Ask:    func(r *http.Request, country string) { r.Header.Set("CF-Blob", fmt.Sprintf(`{"country":%q}`, country)) },
		Memory: func() int { return pagetest.Resident(t, e.server.PID()) },
	}.Run(t)
}
