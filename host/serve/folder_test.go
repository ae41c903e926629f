package serve

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

func TestFolder(t *testing.T) {
	h := Folder(fstest.MapFS{
		"index.html":         {Data: []byte("<body>home</body>")},
		"about.html":         {Data: []byte("about")},
		"shop/index.html":    {Data: []byte("shop")},
		"shop/a.b/index.htm": {Data: []byte("a.b")},
		"style.css":          {Data: []byte("a {}")},
		"empty/x.txt":        {Data: []byte("x")},
		"404.html":           {Data: []byte("lost")},
	}, "<t></t>")
	for _, test := range []struct {
		path     string
		status   int
		body     string
		location string
	}{
		{"/", 200, "<body>home<t></t></body>", ""},
		{"/index.html", 200, "<body>home<t></t></body>", ""},
		{"/about", 200, "about<t></t>", ""},
		{"/about.html", 200, "about<t></t>", ""},
		{"/about/", 404, "lost<t></t>", ""},
		{"/shop/", 200, "shop<t></t>", ""},
		{"/shop?a=b", 301, "", "/shop/?a=b"},
		{"/shop/a.b/", 200, "a.b<t></t>", ""},
		{"/style.css", 200, "a {}", ""},
		{"/empty/", 404, "lost<t></t>", ""},
		{"/empty", 404, "lost<t></t>", ""},
		{"/../about", 200, "about<t></t>", ""},
		{"/no%00thing", 404, "lost<t></t>", ""},
	} {
		t.Run(test.path, func(t *testing.T) {
			w := get(t, h, test.path)
			assert.Equal(t, test.status, w.Code)
			assert.Equal(t, test.location, w.Header().Get("Location"))
			if test.location == "" {
				assert.Equal(t, test.body, w.Body.String())
				assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
			}
		})
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
}
