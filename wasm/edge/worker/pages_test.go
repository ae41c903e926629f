package worker_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/pagetest"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/host/edge/workerd/workerdtest"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// Pages are filled as host/edge fills them, byte for byte, and so are their headers: what is in the files is what that answers.
func TestPages(t *testing.T) {
	workerdtest.Need(t)
	suite := pagetest.Load(t, "../../..")
	module, err := os.ReadFile("../../../host/nabij.wasm")
	require.NoError(t, err)
	for name, config := range suite.Configs {
		script, err := worker.Script(config)
		require.NoError(t, err)
		origin := pagetest.NewOrigin()
		server := httptest.NewServer(origin)
		cache := workerd.NewCache(64 << 20)
		running := workerdtest.Start(t, workerd.Config{
			Modules: []workerd.Module{
				{Name: "worker.mjs", Content: append(fmt.Appendf(nil, "Date.now = () => %d;\n", suite.Now.UnixMilli()), script...)},
				{Name: worker.ModuleName, Content: module}, {Name: worker.PackName, Content: suite.Pack},
			},
			Origin: strings.TrimPrefix(server.URL, "http://"), Cache: cache, CFHeader: true,
		})
		kept := func(host string) (n int) {
			for _, key := range cache.Keys() {
				if strings.HasPrefix(key, "http://"+host+"/") {
					n++
				}
			}
			return n
		}
		had := 0
		suite.Run(t, name, pagetest.Site{
			URL: running.URL, Origin: origin,
			Ask: func(r *http.Request, zone, country string) {
				r.Header.Set("CF-Blob", fmt.Sprintf(`{"timezone":%q,"country":%q}`, zone, country))
				had = kept(r.Host)
			},
			Kept: func(host string) {
				require.Eventually(t, func() bool { return kept(host) > had }, 5*time.Second, time.Millisecond)
			},
		})
		running.Close()
		server.Close()
	}
}
