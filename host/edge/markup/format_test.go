package markup

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

func TestPriceFormats(t *testing.T) {
	data, err := pack.Write(pack.Source{
		Site: "https://shop.example", Languages: []string{"nl", "es-MX", "ar"}, Currencies: []string{"EUR", "jpy", "E1R", "PHP"}, Policy: pack.DefaultPolicy(),
		Items: []pack.Item{{ID: "a", Title: "A", URL: "/a"}}, Slots: []pack.Slot{{Name: "next", Kinds: pack.AllKinds, Size: 1, Layer: 1}},
	})
	require.NoError(t, err)
	p, err := pack.Open(data)
	require.NoError(t, err)
	got := PriceFormats(p)
	for key, want := range map[string]PriceFormat{
		" EUR":      {"€", ",", ".", "", 4},
		"en-gb EUR": {"€", ",", ".", "", 4},
		"nl-be EUR": {"€\u00a0", ".", ",", "", 4},
		"es EUR":    {"", ".", ",", "\u00a0€", 5},
		"nl JPY":    {"JP¥\u00a0", ".", "", "", 4},
		"nl PHP":    {"PHP\u00a0", ".", ",", "", 4},
	} {
		assert.Equal(t, want, got[key], key)
	}
	for _, key := range []string{"de EUR", "ar EUR", "en-in EUR", "nl E1R"} {
		assert.NotContains(t, got, key)
	}
	text, err := json.Marshal(got["es EUR"])
	require.NoError(t, err)
	assert.Equal(t, "[\"\",\".\",\",\",\"\u00a0€\",5]", string(text))
}
