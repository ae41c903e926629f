package worker_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host"
	goedge "github.com/nabij/nabij/host/edge"
	"github.com/nabij/nabij/host/edge/moment"
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
		script, err := worker.Script(config, tables(t, suite.Pack, suite.Now))
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
				require.Eventually(t, func() bool { return kept(host) > had }, 30*time.Second, time.Millisecond)
			},
		})
		running.Close()
		server.Close()
	}
}

// Pages of what pages are made of, put together at random, are filled as host/edge fills them too.
func TestManyPages(t *testing.T) {
	suite := pagetest.Load(t, "../../..")
	pieces := []string{
		`<nabij-suggestions slot-name=two>`, `<nabij-suggestions slot-name=two></nabij-suggestions>`, `<nabij-suggestions slot-name=two><template><p><b data-nabij=title></b></p></template></nabij-suggestions>`,
		`<nabij-suggestions slot-name="next" lang=nl label="a &amp; b&eacute;">`, `<nabij-suggestions>`,
		"</nabij-suggestions>", "</nabij-suggestions>", "</nabij-suggestions>", "<template>", "<template>", "</template>", "</template>", "<template shadowrootmode=open>", "<html lang=nl>",
		"<head>", "</head>", "<script src=/nabij/nabij.js></script>", "<script src='/x/nabij.js?a'>", "</script>", "<div>", "</div>", "<p>", "</p>", "<li>", "</li>", "<br>", "<img slot=nabij>",
		"<b data-nabij=title>", "</b>", "<a data-nabij=link href=x>", "</a>", "<!--", "-->", "<svg>", "</svg>", "<path/>", "<title>", "</title>", "<textarea>", "</textarea>", "<noscript>", "</noscript>",
		"x", "&amp;", "é", "<", "</", ">", "'", `"`, "=", " ", "\n", "<meta name=nabij-item content=mixed>", "<link rel=canonical href=/p/mixed>", "<meta name=nabij-context>",
		`<script type=application/ld+json>{"@type":"Product","sku":"shirt"}</script>`,
	}
	random := rand.New(rand.NewPCG(7, 9))
	pages := make([]string, 2000)
	for k := range pages {
		var b strings.Builder
		for range 2 + random.IntN(24) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		pages[k] = b.String()
	}
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/x/"))
		if err != nil || k >= len(pages) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, pages[k])
	}))
	defer origin.Close()
	middleware, err := goedge.New(suite.Pack, goedge.Config{Config: moment.Config{Classes: []string{}}, Engine: []host.Option{host.Native()}})
	require.NoError(t, err)
	defer middleware.Close()
	e := start(t, `{"classes":[]}`, func(c *workerd.Config) {
		c.Origin = origin.Listener.Addr().String()
		c.Modules[2].Content = suite.Pack
	})
	native := middleware.Handler(origin.Config.Handler)
	filled := 0
	for k, page := range pages {
		path := fmt.Sprintf("/x/%d", k)
		want := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "http://shop.example"+path, nil)
		native.ServeHTTP(want, r)
		got := e.get(path)
		require.Equal(t, want.Body.String(), got.body, page)
		filled += strings.Count(got.body, "shadowrootmode=\"open\"")
	}
	require.Greater(t, filled, 100)
}
