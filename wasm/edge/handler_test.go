package main

import (
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// atHand is a pack and a configuration, and how often the pack was read as a whole.
type atHand struct {
	data   []byte
	config string
	reads  int
}

func (a *atHand) source() source {
	return source{
		pack: func(whole bool) []byte {
			if whole {
				a.reads++
			}
			return a.data
		},
		config: func() string { return a.config },
	}
}

func testPack(t *testing.T) []byte {
	data, err := os.ReadFile("testdata/markup/test.pack")
	require.NoError(t, err)
	return data
}

// otherPack is a pack of one slot, and nothing to put into it.
func otherPack(t *testing.T) []byte {
	data, err := pack.Write(pack.Source{Slots: []pack.Slot{{Name: "other", Kinds: pack.AllKinds, Size: 1, Layer: 1}}, Policy: pack.DefaultPolicy()})
	require.NoError(t, err)
	return data
}

func TestHandler(t *testing.T) {
	a := &atHand{data: testPack(t), config: `{"base": "/nabij/", "classes": ["device", "language"]}`}
	h := handler(a.source())
	get := func(address string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "https://shop.example"+address, nil)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Add(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	want, err := os.ReadFile("testdata/markup/product.html")
	require.NoError(t, err)
	for range 3 {
		w := get("/_nabij/suggest?slot=next&item=shirt&format=html&lang=en&class=0.0.0.0.0.0")
		assert.Equal(t, 200, w.Code)
		assert.Equal(t, string(want), w.Body.String())
	}
	assert.Equal(t, 1, a.reads, "the pack is opened once")

	w := get("/_nabij/suggest?slot=next", "Accept-Language", "fr", "Accept-Language", " nl;q=0.9", "Sec-CH-UA-Mobile", "?1")
	assert.Contains(t, w.Body.String(), `"class":"0.0.7.0.0.2"`, "headers that were split are whole again")
	assert.Contains(t, get("/_nabij/policy", "Accept", "application/xml", "Accept", "application/json").Body.String(), `"variants_max": 15`)
	assert.Equal(t, 404, get("/").Code)
}

func TestSwap(t *testing.T) {
	a := &atHand{config: "{}"}
	h := handler(a.source())
	health := func() string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/_nabij/health", nil))
		return w.Body.String()
	}
	assert.Contains(t, health(), `"ok":false`, "no pack yet")
	a.data = []byte("short")
	assert.Contains(t, health(), `"ok":false`)
	a.data = testPack(t)
	assert.Contains(t, health(), `"items":13`)
	good := a.data
	a.data = append([]byte(nil), good...)
	a.data[checksumAt] ^= 1
	assert.Contains(t, health(), `"items":13`, "damaged, so the last good one stays")
	reads := a.reads
	assert.Contains(t, health(), `"items":13`)
	assert.Equal(t, reads, a.reads, "and is not opened again and again")
	a.data = nil
	assert.Contains(t, health(), `"items":13`, "gone")
	a.data = otherPack(t)
	assert.Contains(t, health(), `"items":0`, "another one")
	a.data = good
	assert.Contains(t, health(), `"items":13`, "the first one again")
}

func TestBadConfig(t *testing.T) {
	for _, config := range []string{"", "null x", `{"classes": ["weather"]}`, `{"classes": ["moment", "device", "language"]}`} {
		a := &atHand{data: testPack(t), config: config}
		w := httptest.NewRecorder()
		handler(a.source()).ServeHTTP(w, httptest.NewRequest("GET", "/_nabij/health", nil))
		assert.Equal(t, 503, w.Code, config)
	}
}
