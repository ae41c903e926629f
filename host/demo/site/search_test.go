package site

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSearch(t *testing.T) {
	v := newVisitor(t, Options{})
	page := v.open("/nl/search?q=REGENJAS+miezer")
	assert.Len(t, page.find("form", "data-nabij", "search"), 1)
	assert.Equal(t, "REGENJAS miezer", attribute(page.find("input", "name", "q")[0], "value"))
	assert.NotEmpty(t, page.find("a", "href", "/nl/regenjas-miezer-stortregen"))
	assert.NotEmpty(t, page.find("a", "href", "/en/search?q=REGENJAS+miezer"))

	var titles []string
	for _, item := range openShops()["en"].find("tent") {
		titles = append(titles, item.Title)
	}
	require.NotEmpty(t, titles)
	assert.Contains(t, strings.ToLower(titles[0]), "tent")
	assert.Empty(t, openShops()["en"].find("tent zeppelin"))
	assert.NotEmpty(t, openShops()["nl"].find("prostaat"), "what is sensitive is found like anything else")
}

func TestHostileQueries(t *testing.T) {
	v := newVisitor(t, Options{})
	for _, query := range []string{
		`"><script>alert(1)</script>`, `' onfocus=alert(1) autofocus='`, `<img src=x onerror=alert(1)>`, `</title><style>*{}`,
		`{{.}}`, `%!s(MISSING)`, "\x00\xff\xfe", strings.Repeat("é<", 5000), "javascript:alert(1)", `\u003cscript\u003e`,
	} {
		target := "/en/search?q=" + url.QueryEscape(query)
		page := v.open(target)
		if !strings.Contains(query, "%!") { // sound looks for that
			page.sound(t, query)
		}
		assert.Empty(t, page.find("img", "src", "x"))
		assert.NotContains(t, string(page.source), "<script>alert")
		assert.LessOrEqual(t, len([]rune(attribute(page.find("input", "name", "q")[0], "value"))), maxQuery)
	}
	v.open("/en/search?q=%zz&q=;")
}
