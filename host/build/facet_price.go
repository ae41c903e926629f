package build

import (
	"math"
	"slices"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// priceBands cuts the prices, in the currency that most items have, into at most n bands of about as many items, at round amounts.
func priceBands(items []catalogue.Item, n int) []facetValue {
	count, currency := map[string]int{}, ""
	for i := range items {
		if c := items[i].Price.Currency; items[i].Price.Minor > 0 && !items[i].Sensitive {
			if count[c]++; count[c] > count[currency] {
				currency = c
			}
		}
	}
	var prices []int64
	for i := range items {
		if items[i].Price.Minor > 0 && items[i].Price.Currency == currency && !items[i].Sensitive {
			prices = append(prices, items[i].Price.Minor)
		}
	}
	slices.Sort(prices)
	least := max(facetItems, len(items)/facetShare)
	edges := []int64{0}
	below := 0 // prices below the newest edge
	for k := 1; k < n; k++ {
		edge := roundPrice(prices[min(len(prices)*k/n, max(len(prices)-1, 0)):])
		at, _ := slices.BinarySearch(prices, edge)
		if edge > edges[len(edges)-1] && at-below >= least && len(prices)-at >= least {
			edges, below = append(edges, edge), at
		}
	}
	if len(edges) < 2 {
		return nil
	}
	values := make([]facetValue, len(edges))
	for k, low := range edges {
		high := int64(math.MaxInt64)
		values[k].name = amount(low, currency) + "+"
		if k+1 < len(edges) {
			high = edges[k+1]
			values[k].name = amount(low, currency) + "–" + amount(high, currency)
		}
		values[k].name = withCurrency(values[k].name, currency)
		for i := range items {
			if p := items[i].Price; p.Minor > 0 && p.Currency == currency && !items[i].Sensitive && p.Minor >= low && p.Minor < high {
				values[k].items = append(values[k].items, uint32(i))
			}
		}
	}
	return values
}

// roundPrice returns the round amount nearest to the first of the prices; 0 where there is none.
func roundPrice(prices []int64) int64 {
	if len(prices) == 0 {
		return 0
	}
	p, unit := prices[0], int64(1)
	for unit*10 <= p {
		unit *= 10
	}
	low := unit
	for _, tenths := range []int64{15, 20, 25, 30, 40, 50, 75, 100} {
		high := unit * tenths / 10
		if p < high {
			if p-low > high-p {
				return high
			}
			return low
		}
		low = high
	}
	return low
}

// amount writes an amount without its currency, and without decimals where they are zero.
func amount(minor int64, currency string) string {
	if minor == 0 {
		return "0"
	}
	number, _, _ := strings.Cut(catalogue.Price{Minor: minor, Currency: currency}.String(), " ")
	if whole, decimals, ok := strings.Cut(number, "."); ok && strings.Trim(decimals, "0") == "" {
		return whole
	}
	return number
}

// currencySigns are those that stand before an amount and that no other currency is written with where it is used.
var currencySigns = map[string]string{"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"}

// withCurrency writes amounts with their currency, by its sign or behind them by its code.
func withCurrency(amounts, currency string) string {
	if sign, ok := currencySigns[currency]; ok {
		return sign + amounts
	}
	return strings.TrimSpace(amounts + " " + currency)
}
