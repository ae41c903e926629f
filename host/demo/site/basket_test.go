package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const bike, lock = "en/city-bike-duinrand-28", "en/ring-lock-slotgracht-poort"

func (v *visitor) change(language, do, id string) {
	v.t.Helper()
	response := v.post("/"+language+"/basket", url.Values{"item": {id}, "do": {do}})
	require.Equal(v.t, http.StatusSeeOther, response.StatusCode)
	require.Equal(v.t, "/"+language+"/basket", response.Header.Get("Location"))
}

func TestBasketAndOrder(t *testing.T) {
	v := newVisitor(t, Options{})
	v.change("en", "add", bike)
	v.change("en", "add", lock)
	v.change("en", "add", lock)
	assert.Equal(t, bike+"."+lock+"."+lock, v.cookies["basket"])

	page := v.open("/nl/basket") // the other language shows the same things
	page.sound(t, "/nl/basket")
	forms := page.find("form", "data-nabij", "basket-remove")
	require.Len(t, forms, 2)
	assert.Equal(t, "nl/stadsfiets-duinrand-28", attribute(forms[0], "data-nabij-item"))
	assert.Contains(t, text(page.root), "€ 822,90")
	assert.Contains(t, text(v.open("/en/").root), "Basket 3 in the basket")

	v.change("nl", "remove", "nl/stadsfiets-duinrand-28")
	assert.Equal(t, lock+"."+lock, v.cookies["basket"])

	response := v.post("/en/order", nil)
	assert.Equal(t, http.StatusSeeOther, response.StatusCode)
	assert.Equal(t, "/en/thanks", response.Header.Get("Location"))
	assert.NotContains(t, v.cookies, "basket")

	page = v.open("/en/thanks")
	page.sound(t, "/en/thanks")
	bought := page.find("meta", "name", "nabij-purchase")
	require.Len(t, bought, 1)
	assert.Equal(t, lock, attribute(bought[0], "content"))
	assert.Contains(t, text(page.root), "Ring lock Slotgracht Poort")
}

func TestBasketRefuses(t *testing.T) {
	v := newVisitor(t, Options{})
	assert.Equal(t, "/en/basket", v.post("/en/order", nil).Header.Get("Location"), "nothing to order")
	assert.Empty(t, v.open("/en/thanks").find("meta", "name", "nabij-purchase"))
	assert.Equal(t, http.StatusNotFound, v.post("/en/basket", url.Values{"item": {"en/none"}, "do": {"add"}}).StatusCode)
	assert.Equal(t, http.StatusNotFound, v.post("/en/basket", url.Values{"item": {strings.Repeat("x", 5000)}}).StatusCode)
	v.change("en", "add", "en/choosing-a-city-bike")
	v.change("nl", "add", "nl/regenpak-miezer-kikker-voor-in-het-zitje") // is not to be had
	v.change("en", "steal", bike)
	assert.Empty(t, v.cookies)

	for range maxBasket + 5 {
		v.change("en", "add", bike)
	}
	assert.Equal(t, maxBasket, strings.Count(v.cookies["basket"], bike))

	v.cookies["basket"] = `en/none.<script>.` + bike + `..nl/x`
	page := v.open("/en/basket")
	page.sound(t, "a basket of nonsense")
	assert.Len(t, page.find("form", "data-nabij", "basket-remove"), 1)
}

// TestOrderFromElsewhere checks that no other site can fill or empty a basket.
func TestOrderFromElsewhere(t *testing.T) {
	v := newVisitor(t, Options{})
	r := httptest.NewRequest("POST", "/en/basket", strings.NewReader("do=add&item="+url.QueryEscape(bike)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	assert.Equal(t, http.StatusForbidden, v.send(r).StatusCode)
	assert.Empty(t, v.cookies)
}

func TestSensitiveIsSold(t *testing.T) {
	v := newVisitor(t, Options{})
	const id = "nl/zadel-zachtweg-ontlast-bij-prostaatklachten"
	require.True(t, openShops()["nl"].byID[id].Sensitive)
	v.change("nl", "add", id)
	assert.Len(t, v.open("/nl/basket").find("form", "data-nabij-item", id), 1)
}
