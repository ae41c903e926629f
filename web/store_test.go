package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/web/browser"
)

// stored is all that a page of ours has kept.
type stored struct{ Session, Local, Cookie string }

func keptBy(b *browser.Browser) (got stored) {
	b.EvalInto(&got, `({ session: Object.keys(sessionStorage).map((k) => k + "=" + sessionStorage[k]).join(),
		local: Object.keys(localStorage).map((k) => k + "=" + localStorage[k]).join(), cookie: document.cookie })`)
	return got
}

// pages counts the pages of the visit, as the engine has saved it.
func pages(b *browser.Browser) (n float64) {
	b.EvalInto(&n, `(() => { const visit = (sessionStorage.nabij ?? localStorage.nabij).split(".")[2];
		return Uint8Array.from(atob(visit), (c) => c.charCodeAt(0))[20]; })()`)
	return n
}

func open(b *browser.Browser, url string) {
	b.Navigate(url)
	b.Wait(isFilled, limit)
}

// What is kept of a visit is what its layer allows: nothing at layer 1, the tab's memory at layer 2, the device's at 3.
func TestWhatIsKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.tag = ` data-layer="1"`
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		assert.Zero(t, keptBy(b), "at layer 1 nothing is kept")

		b.Eval(`() => nabij.allow(2)`)
		got := keptBy(b)
		assert.Contains(t, got.Session, `nabij=..TlYB`)
		assert.Empty(t, got.Local)
		assert.Empty(t, got.Cookie)
		assert.Equal(t, 1.0, pages(b))
		open(b, r.URL+"/p/item-8")
		b.Eval(`() => nabij.allow(2)`)
		assert.Equal(t, 2.0, pages(b), "the visit goes on where the site asks on each page")
		open(b, r.URL+"/p/item-9")
		open(b, r.URL+"/p/item-10")
		assert.Zero(t, keptBy(b), "and ends where it does not")

		s.tag = ""
		open(b, r.URL+"/p/item-11")
		open(b, r.URL+"/p/item-12")
		assert.Equal(t, 1.0, pages(b), "a page is saved when it is left")

		b.Eval(`() => nabij.forget()`)
		assert.Equal(t, 0.0, pages(b))

		b.Eval(`() => { nabij.paused = true }`)
		open(b, r.URL+"/p/item-11")
		assert.Equal(t, `nabij=.p.`, keptBy(b).Session, "a pause lasts, and nothing else")
		b.Eval(`() => { nabij.paused = false }`)
	})
}

// Whatever stands in the storage, a visit goes on or begins anew, and the page is as it should be.
func TestDamagedStorage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.files = map[string]func(http.ResponseWriter, *http.Request){
			"/plain": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Write([]byte("<!doctype html><title>Plain</title>"))
			},
		}
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		for _, value := range []string{"", "{", "null", "7", ".", "..", "..!", "..TlYBAA==", "..TlYBAA=", "9..", "4..TlYB", ".q.", "..TlYC", "...."} {
			b.Navigate(r.URL + "/plain") // on which nothing is saved
			b.Eval(`(value) => { sessionStorage.nabij = value }`, value)
			open(b, r.URL+"/p/item-8")
			b.CollectErrors()
			var layer float64
			b.EvalInto(&layer, `nabij.suggest({ slot: "product" }).layer`)
			assert.Equal(t, 1.0, layer, "%s: a new visit", value)
			assert.Empty(t, complaints(b), value)
		}
	})
}

// Two tabs are two visits; a tab that is opened from another goes on with a copy of its visit, or begins anew.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, _ *shop) {
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		first := b.Tab()
		second := b.NewTab()
		b.Switch(second)
		open(b, r.URL+"/p/item-8")
		assert.Empty(t, keptBy(b).Session, "the other tab's visit is its own")
		b.Switch(first)
		open(b, r.URL+"/p/item-9")
		assert.Equal(t, 2.0, pages(b))
	})
}

// Global Privacy Control keeps a visit at layer 1 until the visitor says otherwise; layer 3 takes an act of theirs.
func TestVisitorsChoice(t *testing.T) {
	t.Parallel()
	r := browser.NewRecorder(t, newShop(t))
	b := browser.Start(t, browser.Firefox, browser.GlobalPrivacyControl)
	for _, page := range []string{"/p/item-3", "/p/item-5", "/p/item-8"} {
		open(b, r.URL+page)
		var layer float64
		b.EvalInto(&layer, `nabij.layer`)
		assert.Equal(t, 1.0, layer)
	}
	require.Zero(t, keptBy(b))
	require.Error(t, b.TryEval(nil, `() => nabij.choose(3)`), "no script can choose layer 3")
	b.Eval(`() => { const e = document.createElement("button"); e.id = "three"; e.textContent = "3"; e.onclick = () => nabij.choose(3); document.body.append(e); }`)
	b.Click("#three")
	b.Wait(`nabij.layer === 3`, limit)
	open(b, r.URL+"/p/item-9")
	got := keptBy(b)
	assert.Empty(t, got.Session)
	assert.Contains(t, got.Local, "nabij=3..TlYB")
	b.Eval(`() => nabij.choose(1)`)
	assert.Equal(t, stored{Session: "nabij=1.."}, keptBy(b), "what was kept goes with the choice")
}

// A storage that is full costs the visit its memory, and the page nothing.
func TestFullStorage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, _ *shop) {
		open(b, r.URL+"/p/item-3")
		b.Eval(`() => {
			sessionStorage.clear();
			for (let n = 2 ** 23, k = 0; n >= 1; ) {
				try {
					sessionStorage["full" + k++] = "x".repeat(n);
				} catch {
					n = Math.floor(n / 2);
				}
			}
		}`)
		for _, page := range []string{"/p/item-5", "/p/item-8"} {
			open(b, r.URL+page)
			b.CollectErrors()
			assert.Equal(t, 1, visitOf(b).Pages, "a visit of its own")
			assert.NotContains(t, keptBy(b).Session, "nabij=")
			assert.Empty(t, complaints(b))
		}
	})
}

// A visit that was kept with another pack than the page's begins anew.
func TestNewerPack(t *testing.T) {
	t.Parallel()
	src := pack.Source{Slots: []pack.Slot{{Name: "product", Kinds: pack.AllKinds, Size: 6, Layer: 3}}, Policy: pack.DefaultPolicy()}
	for k := range uint16(9) {
		id := "new-" + string(rune('a'+k))
		src.Items = append(src.Items, pack.Item{ID: id, URL: "/p/" + id, Title: id, Popularity: 100 - k})
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	each(t, func(t *testing.T, b *browser.Browser, r *browser.Recorder, s *shop) {
		s.cache = "no-store" // the names stay the same here
		open(b, r.URL+"/p/item-3")
		open(b, r.URL+"/p/item-5")
		s.pack = data
		s.pins(t)
		open(b, r.URL+"/p/new-a")
		b.CollectErrors()
		assert.Equal(t, []string{"view new-a"}, visitOf(b).said())
		assert.Equal(t, []string{"new-b", "new-c", "new-d", "new-e", "new-f", "new-g"}, titles(b))
		assert.Empty(t, complaints(b))
	})
}
