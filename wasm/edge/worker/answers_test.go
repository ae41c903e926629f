package worker_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
)

func TestAnswers(t *testing.T) {
	const config = `{"classes":["device","language"]}`
	e := start(t, config, withAnswers(t, config))
	var health struct {
		OK    bool
		Pack  string
		Items int
	}
	got := e.get("/_nabij/health")
	require.NoError(t, json.Unmarshal([]byte(got.body), &health), got.body)
	assert.True(t, health.OK)
	assert.Equal(t, 40, health.Items)

	const about = "/_nabij/suggest?slot=next&item=item-3"
	got = e.get(about, "Sec-CH-UA-Mobile", "?1", "Accept-Language", "de, nl;q=0.9")
	assert.Contains(t, got.body, `"class":"0.0.7.0.0.2"`)
	assert.Equal(t, "private, no-cache", got.Header.Get("Cache-Control"), "it is of the visitor's class")
	told := e.get(about + "&class=0.0.7.0.0.2")
	assert.Equal(t, got.body, told.body)
	assert.True(t, strings.HasPrefix(told.Header.Get("Cache-Control"), "public"))
	assert.Equal(t, 304, e.get(about+"&class=0.0.7.0.0.2", "If-None-Match", told.Header.Get("ETag")).StatusCode, "a null body")
	assert.Equal(t, 200, e.do("HEAD", about).StatusCode)
	assert.Equal(t, 405, e.do("POST", about).StatusCode)
	assert.Equal(t, 400, e.get("/_nabij/suggest?slot=none").StatusCode)
	assert.Equal(t, 404, e.get("/_nabij/other").StatusCode)

	// The page has what the answer has.
	e.html("/p/3", slotPage)
	fragment := e.get(about+"&format=html&lang=en", "Sec-CH-UA-Mobile", "?0").body
	assert.Contains(t, fragment, "<ul")
	assert.Contains(t, e.get("/p/3", "Sec-CH-UA-Mobile", "?0").body, fragment)

	assert.Contains(t, e.get("/_nabij/policy", "Accept", "text/html,*/*;q=0.8", "Accept-Language", "nl,en;q=0.5").body, `lang="nl"`)
	assert.True(t, json.Valid([]byte(e.get("/_nabij/policy", "Accept", "application/json").body)))
	assert.EqualValues(t, 1, e.asked.Load(), "only the page has reached the origin")
}

// bound binds a Worker of one script in place of what answers.
func bound(script string) func(*workerd.Config) {
	return func(c *workerd.Config) {
		c.Workers = map[string][]workerd.Module{worker.AnswersBinding: {{Name: worker.AnswersName, Content: []byte(script)}}}
	}
}

// What answers gets the class, and of a request what its answers depend on.
func TestWhatAnswersIsTold(t *testing.T) {
	e := start(t, `{"classes":["device","region"],"regions":[["NL"]]}`, bound(`export default { fetch: ({ url, method, headers, cf }) =>
		Response.json({ url, method, headers: [...headers], cf }, { headers: { "cache-control": "private, max-age=300" } }) };`))
	got := e.get("/_nabij/suggest?slot=next", "Cookie", "a=b", "Authorization", "Basic x", "User-Agent", "Browser", "CF-Connecting-IP", "192.0.2.1",
		"X-Forwarded-For", "192.0.2.1", "Accept", "*/*", "Accept-Language", "nl", "Referer", "https://shop.example/", "Sec-CH-UA-Mobile", "?1", "Sec-GPC", "0",
		"If-None-Match", `"x"`, "cf-blob", `{"country":"NL","city":"Utrecht"}`)
	var told struct {
		URL, Method string
		Headers     [][2]string
		CF          map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(got.body), &told), got.body)
	assert.Equal(t, "http://shop.example/_nabij/suggest?slot=next&class=0.0.7.10.0", told.URL)
	assert.Equal(t, "GET", told.Method)
	assert.Equal(t, [][2]string{
		{"accept", "*/*"}, {"accept-language", "nl"}, {"if-none-match", `"x"`}, {"referer", "https://shop.example/"}, {"sec-ch-ua-mobile", "?1"}, {"sec-gpc", "0"},
	}, told.Headers)
	assert.Empty(t, told.CF)
	assert.Equal(t, "private, no-cache", got.Header.Get("Cache-Control"))
	got = e.get("/_nabij/suggest?slot=next&class=0.0.0.0.0.0")
	assert.Equal(t, "private, max-age=300", got.Header.Get("Cache-Control"), "as it is answered")
	assert.Equal(t, 200, e.do("HEAD", "/_nabij/health").StatusCode)
}

// Without what answers, or where that fails, pages are as ever.
func TestAnswersFail(t *testing.T) {
	for name, change := range map[string]func(*workerd.Config){
		"none":   func(*workerd.Config) {},
		"throws": bound(`export default { fetch() { throw new Error("broken"); } };`),
		"hangs":  bound(`export default { fetch: () => new Promise(() => {}) };`),
		"is something else": func(c *workerd.Config) {
			c.JSON = map[string]string{worker.AnswersBinding: `{}`}
		},
		"Go does not start": func(c *workerd.Config) {
			withAnswers(t, `{}`)(c)
			modules := c.Workers[worker.AnswersBinding]
			modules[len(modules)-1].Content = []byte("\x00asm\x01\x00\x00\x00")
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := start(t, `{}`, change)
			e.html("/p/3", slotPage)
			for range 2 {
				got := e.get("/_nabij/health")
				assert.Equal(t, 503, got.StatusCode)
				assert.Equal(t, "no-store", got.Header.Get("Cache-Control"))
				assert.Equal(t, "There is no answer.\n", got.body)
				assert.Contains(t, e.get("/p/3").body, "<ul")
			}
		})
	}
}

// What answers follows a store as what fills pages does.
func TestAnswersPacks(t *testing.T) {
	const config = `{"pack":{"kv":"a.pack"}}`
	s := &store{}
	e := start(t, config, func(c *workerd.Config) {
		c.KV = map[string]http.Handler{"NABIJ_KV": http.HandlerFunc(s.kv)}
		c.Modules[2].Content = nil
	}, withAnswers(t, config))
	health := func() string {
		time.Sleep(fresh + 50*time.Millisecond)
		asked := s.asked.Load()
		e.get("/_nabij/health")
		require.Eventually(t, func() bool { return s.asked.Load() > asked }, 30*time.Second, time.Millisecond)
		time.Sleep(100 * time.Millisecond) // until it is read
		return e.get("/_nabij/health").body
	}
	assert.Contains(t, health(), `"ok":false`)
	s.set(shop(t))
	assert.Contains(t, health(), `"items":40`)
	damaged := shopOf(t, 30)
	damaged[len(damaged)/2] ^= 1
	s.set(damaged)
	assert.Contains(t, health(), `"items":40`, "the last good one stays")
	s.set(shopOf(t, 20))
	assert.Contains(t, health(), `"items":20`)
}

// For a while what answers may have another pack than what fills pages: the visitor's language is then one of its own.
func TestAnswersOfAnotherPack(t *testing.T) {
	const config = `{"classes":["device","language"]}`
	more := read(t, "../testdata/markup/test.pack") // with two more languages
	for _, row := range []struct {
		pages, answers []byte
		arabic         string
	}{{more, shop(t), "2"}, {shop(t), more, "3"}} {
		e := start(t, config, func(c *workerd.Config) {
			c.Modules[2].Content = row.answers
			withAnswers(t, config)(c)
			c.Modules[2].Content = row.pages
		})
		for accept, want := range map[string]string{"ar, nl;q=0.5": row.arabic, "nl": "2", "fr": "0"} {
			got := e.get("/_nabij/suggest?slot=next", "Accept-Language", accept, "Sec-CH-UA-Mobile", "?1")
			assert.Contains(t, got.body, `"class":"0.0.7.0.0.`+want+`"`)
			assert.Equal(t, "private, no-cache", got.Header.Get("Cache-Control"))
			assert.Contains(t, strings.Join(got.Header.Values("Vary"), ","), "Accept-Language")
		}
	}
}
