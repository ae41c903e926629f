// Package money knows how many decimals prices have.
package money

import "strings"

// The currencies whose minor unit is not a hundredth: those of CLDR 48, by which browsers show prices today. A pack's prices are in these
// units (core/pack/FORMAT.md), and web/src/suggestions.ts takes the browser's word for it.
const (
	none  = "AFN ALL BIF CLP COP DJF GNF HUF IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK PKR PYG RSD RWF SOS SYP UGX UYI VND VUV XAF XOF XPF YER"
	three = "BHD JOD KWD LYD OMR TND"
)

// Decimals returns how many decimals of a currency, by its ISO 4217 code, the minor unit is.
func Decimals(code string) int {
	switch {
	case len(code) != 3 || strings.Contains(code, " "):
		return 2
	case strings.Contains(none, code):
		return 0
	case strings.Contains(three, code):
		return 3
	}
	return 2
}
