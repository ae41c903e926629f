package catalogue

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/nabij/nabij/host/internal/money"
)

// signs are the currency signs that name one currency, and what one that several share is taken for when Options.Currency
// is none of them.
var signs = []struct {
	sign  string
	codes []string
}{
	{"R$", []string{"BRL"}}, {"A$", []string{"AUD"}}, {"C$", []string{"CAD"}}, {"CA$", []string{"CAD"}}, {"US$", []string{"USD"}},
	{"NZ$", []string{"NZD"}}, {"HK$", []string{"HKD"}}, {"S$", []string{"SGD"}},
	{"€", []string{"EUR"}}, {"£", []string{"GBP"}}, {"¥", []string{"JPY", "CNY"}}, {"₹", []string{"INR"}}, {"₩", []string{"KRW"}},
	{"₽", []string{"RUB"}}, {"₺", []string{"TRY"}}, {"₪", []string{"ILS"}}, {"₫", []string{"VND"}}, {"₴", []string{"UAH"}},
	{"฿", []string{"THB"}}, {"zł", []string{"PLN"}}, {"Kč", []string{"CZK"}}, {"Ft", []string{"HUF"}}, {"lei", []string{"RON"}},
	{"Fr.", []string{"CHF"}}, {"kr.", []string{"DKK", "SEK", "NOK", "ISK"}}, {"kr", []string{"SEK", "DKK", "NOK", "ISK"}},
	{"$", []string{"USD", "AUD", "CAD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP"}},
}

// maxMinor is the largest price an Item may have: what a pack holds.
const maxMinor = math.MaxUint32

// parsePrice reads an amount as feeds write them: "12.34 EUR", "€ 1.234,50", "1'299.00 CHF", "12,-". The currency is the
// one it names, or fallback, or none. Empty text and zero are no price.
//
// A single comma or point before exactly three digits parts thousands, as in "1.234", unless the currency has three
// decimals; otherwise the last of the two signs parts the decimals. Digits beyond the minor unit are rounded.
func parsePrice(raw, fallback string) (Price, error) {
	s := strings.TrimSpace(raw)
	if s == "" {
		return Price{}, nil
	}
	number, code, err := splitCurrency(s, fallback)
	if err != nil {
		return Price{}, err
	}
	if strings.HasPrefix(number, "-") {
		return Price{}, fmt.Errorf("%s is negative", quoteShort(s))
	}
	minor, ok := parseAmount(number, money.Decimals(code))
	if !ok {
		return Price{}, fmt.Errorf(`%s cannot be read as an amount; write it as "12.34 EUR"`, quoteShort(s))
	}
	if minor > maxMinor {
		return Price{}, fmt.Errorf("%s is more than a price can be", quoteShort(s))
	}
	if minor == 0 {
		return Price{}, nil
	}
	return Price{Minor: minor, Currency: code}, nil
}

// String returns the price as feeds write it, such as "12.34 EUR"; nothing for no price.
func (p Price) String() string {
	if p == (Price{}) {
		return ""
	}
	scale := money.Decimals(p.Currency)
	digits := fmt.Sprintf("%0*d", scale+1, p.Minor)
	amount := digits[:len(digits)-scale]
	if scale > 0 {
		amount += "." + digits[len(digits)-scale:]
	}
	return strings.TrimSpace(amount + " " + p.Currency)
}

// splitCurrency parts the amount from the currency around it.
func splitCurrency(s, fallback string) (number, code string, err error) {
	first := strings.IndexFunc(s, func(c rune) bool { return c >= '0' && c <= '9' })
	if first < 0 {
		return "", "", fmt.Errorf(`%s holds no digits; write it as "12.34 EUR"`, quoteShort(s))
	}
	last := strings.LastIndexFunc(s, func(c rune) bool { return c >= '0' && c <= '9' })
	before, number, after := s[:first], s[first:last+1], s[last+1:]
	code = fallback
	for i, part := range []string{before, after} {
		part = strings.TrimFunc(part, func(c rune) bool { return unicode.IsSpace(c) || c == 0xa0 })
		if i == 0 && (part == "." || part == "-") {
			number = part + number
			continue
		}
		part = strings.TrimRight(strings.TrimLeft(part, ".,-–— "), ":-–— ")
		c, ok := namedCurrency(strings.TrimSpace(part), fallback)
		if !ok {
			return "", "", fmt.Errorf(`%s names no currency that is known; write it as "12.34 EUR"`, quoteShort(s))
		}
		if c != "" {
			code = c
		}
	}
	return number, code, nil
}

// namedCurrency returns the currency that a code or sign stands for. No name is no currency, and no mistake.
func namedCurrency(s, fallback string) (string, bool) {
	if s == "" {
		return "", true
	}
	if code, ok := currencyCode(s); ok {
		return code, true
	}
	for _, g := range signs {
		if !strings.EqualFold(s, g.sign) {
			continue
		}
		for _, code := range g.codes {
			if code == fallback {
				return code, true
			}
		}
		return g.codes[0], true
	}
	// A code and a sign together, as in "€ EUR" or "EUR €".
	if a, b, ok := strings.Cut(s, " "); ok && !strings.Contains(b, " ") {
		one, ok1 := namedCurrency(a, fallback)
		two, ok2 := namedCurrency(b, one)
		if ok1 && ok2 && one == two {
			return one, true
		}
	}
	return "", false
}

// parseAmount reads digits with their separators into minor units of the given number of decimals.
func parseAmount(s string, scale int) (int64, bool) {
	digits := make([]byte, 0, len(s))
	points, commas, lastPoint, lastComma := 0, 0, -1, -1 // positions among the digits
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, byte(c))
		case c == '.':
			points, lastPoint = points+1, len(digits)
		case c == ',' || c == '٫':
			commas, lastComma = commas+1, len(digits)
		case c == '\'' || c == '’' || c == '_' || unicode.IsSpace(c): // thousands
		default:
			return 0, false
		}
	}
	if len(digits) == 0 || len(digits) > 30 {
		return 0, false
	}
	decimal := len(digits) // where the decimals begin
	switch {
	case points > 0 && commas > 0:
		if points > 1 && commas > 1 {
			return 0, false
		}
		decimal = max(lastPoint, lastComma)
		if (lastPoint > lastComma && points > 1) || (lastComma > lastPoint && commas > 1) {
			return 0, false
		}
	case points+commas == 1:
		at := max(lastPoint, lastComma)
		thousands := len(digits)-at == 3 && at >= 1 && at <= 3 && digits[0] != '0' && scale != 3
		if !thousands {
			decimal = at
		}
	}
	return scaled(digits, decimal, scale)
}

// scaled returns the digits, whose decimals begin at the given place, in units of 10^−scale, rounded half up.
func scaled(digits []byte, decimal, scale int) (int64, bool) {
	var n int64
	for i := range decimal + scale {
		d := int64(0)
		if i < len(digits) {
			d = int64(digits[i] - '0')
		}
		if n > (math.MaxInt64-10)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	if i := decimal + scale; i < len(digits) && digits[i] >= '5' {
		n++
	}
	return n, true
}
