package worker_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
)

// differs are cases in which the worker does otherwise than package host/edge.
var differs = []string{
	"Children of a slot that are not closed", // to see that takes a call for each element in a slot
	"A label with references",                // references that are not known here stay as they are, which in a browser is the same
	"References without semicolons",
	"Its address with an item's query", // URL escapes an apostrophe, as in the browser
}

// The cases of whole pages that package host/edge is tested on.
func TestPages(t *testing.T) {
	suite := pagetest.Load(t, "../../..")
	suite.Without(t, differs...)
	for name, config := range suite.Configs {
		origin := pagetest.NewOrigin()
		server := httptest.NewServer(origin)
		defer server.Close()
		e := start(t, string(config), func(c *workerd.Config) {
			c.Origin = server.Listener.Addr().String()
			c.Modules[0].Content = append(fmt.Appendf(nil, "Date.now = () => %d;\n", suite.Now.UnixMilli()), c.Modules[0].Content...)
			c.Modules[2].Content = bytes.Clone(suite.Pack)
		})
		var host string
		var before int
		kept := func() (n int) {
			for _, key := range e.cache.Keys() {
				if strings.HasPrefix(key, "http://"+host+"/") {
					n++
				}
			}
			return n
		}
		suite.Run(t, name, pagetest.Site{
			URL: e.server.URL, Origin: origin,
			Ask: func(r *http.Request, zone, country string) {
				cf, err := json.Marshal(map[string]string{"timezone": zone, "country": country})
				require.NoError(t, err)
				r.Header.Set("cf-blob", string(cf))
				host = r.Host
				before = kept()
			},
			Kept: func() {
				// Where there is a variant already, this may be it.
				for wait := 0; kept() == 0 && wait < 5000 || kept() == before && wait < 500; wait++ {
					time.Sleep(time.Millisecond)
				}
			},
		})
	}
}
