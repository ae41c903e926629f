package catalogue

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParsePrice(t *testing.T) {
	for _, test := range []struct {
		raw, fallback string
		want          Price
		wrong         string // part of the error
	}{
		{"12.34 EUR", "", Price{1234, "EUR"}, ""},
		{"EUR 12.34", "", Price{1234, "EUR"}, ""},
		{"12,34", "EUR", Price{1234, "EUR"}, ""},
		{"12,34", "", Price{1234, ""}, ""},
		{"15", "USD", Price{1500, "USD"}, ""},
		{"€ 1.234,50", "", Price{123450, "EUR"}, ""},
		{"1,234.50 usd", "", Price{123450, "USD"}, ""},
		{"1 234,50 €", "", Price{123450, "EUR"}, ""},
		{"1\u202f234,50\u00a0€", "", Price{123450, "EUR"}, ""},
		{"1'299.00 CHF", "", Price{129900, "CHF"}, ""},
		{"1.234.567", "EUR", Price{123456700, "EUR"}, ""},
		{"1.234", "EUR", Price{123400, "EUR"}, ""},
		{"1,234", "EUR", Price{123400, "EUR"}, ""},
		{"1.234", "KWD", Price{1234, "KWD"}, ""}, // three decimals
		{"0.999", "EUR", Price{100, "EUR"}, ""},
		{"2.9500", "GBP", Price{295, "GBP"}, ""},
		{"1500 JPY", "", Price{1500, "JPY"}, ""},
		{"¥1,500", "", Price{1500, "JPY"}, ""},
		{"12,-", "EUR", Price{1200, "EUR"}, ""},
		{"€ 12,–", "", Price{1200, "EUR"}, ""},
		{".99", "EUR", Price{99, "EUR"}, ""},
		{"$5", "CAD", Price{500, "CAD"}, ""},
		{"$5", "EUR", Price{500, "USD"}, ""},
		{"199 kr", "DKK", Price{19900, "DKK"}, ""},
		{"199 kr", "", Price{19900, "SEK"}, ""},
		{"49,90 zł", "", Price{4990, "PLN"}, ""},
		{"", "EUR", Price{}, ""},
		{"0.00 EUR", "", Price{}, ""},
		{"free", "EUR", Price{}, "no digits"},
		{"-3 EUR", "", Price{}, "negative"},
		{"10 - 20 EUR", "", Price{}, "cannot be read"},
		{"1,2,3.4.5", "EUR", Price{}, "cannot be read"},
		{"12 apples", "EUR", Price{}, "no currency"},
		{"99999999999 EUR", "", Price{}, "more than"},
	} {
		got, err := parsePrice(test.raw, test.fallback)
		assert.Equal(t, test.want, got, test.raw)
		if test.wrong == "" {
			assert.NoError(t, err, test.raw)
		} else {
			assert.ErrorContains(t, err, test.wrong, test.raw)
		}
	}
}

// A price is written as it can be read again.
func TestPriceString(t *testing.T) {
	for want, p := range map[string]Price{
		"": {}, "12.34 EUR": {1234, "EUR"}, "0.05 EUR": {5, "EUR"}, "1500 JPY": {1500, "JPY"}, "1.250 KWD": {1250, "KWD"}, "12.34": {1234, ""},
	} {
		assert.Equal(t, want, p.String())
		read, err := parsePrice(want, "")
		require.NoError(t, err)
		assert.Equal(t, p, read)
	}
}
