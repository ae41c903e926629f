package markup

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPriceWords holds prices to what Intl.NumberFormat made of them in Node 20, with CLDR 48, but for signs of Chromium's.
func TestPriceWords(t *testing.T) {
	if os.Getenv("UPDATE") != "" {
		out, err := exec.Command("node", "testdata/prices.mjs").Output()
		require.NoError(t, err)
		require.NoError(t, os.WriteFile("testdata/prices.json", out, 0o644))
	}
	data, err := os.ReadFile("testdata/prices.json")
	require.NoError(t, err)
	var want map[string]map[string][]string
	require.NoError(t, json.Unmarshal(data, &want))
	for language, currencies := range want {
		for code, words := range currencies {
			for i, price := range []uint32{5, 1250, 123456789} {
				assert.Equal(t, words[i], priceWords(language, price, code), "%s %s %d", language, code, price)
			}
		}
	}
}
