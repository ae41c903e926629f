package markup

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/internal/money"
)

// PriceFormat is how prices of a currency are written in a language: for those who have no Intl, or would not wait for it. In JSON it is a list of its
// fields.
type PriceFormat struct {
	Before, Group, Decimal, After string
	// Least is the least number of digits before the decimals that are parted in groups of three.
	Least int
}

// MarshalJSON writes a list of the fields.
func (f PriceFormat) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{f.Before, f.Group, f.Decimal, f.After, f.Least})
}

// PriceFormats returns how prices of a pack's currencies are written in its languages and in English, and in these as they are written in the
// countries of tags: by the language's tag in small letters, which is empty where none is said, a space, and the currency's code. What is written in
// other groups or digits is left out.
func PriceFormats(p *pack.Pack) map[string]PriceFormat {
	wanted := []string{"en"}
	for l := range p.Languages() {
		wanted = append(wanted, primary(string(p.LanguageName(l))))
	}
	formats := map[string]PriceFormat{}
	for _, tag := range strings.Split(tags, " ") {
		if tag != "" && !slices.Contains(wanted, primary(tag)) {
			continue
		}
		for c := range p.Currencies() {
			code := strings.ToUpper(string(p.CurrencyName(c)))
			if f, ok := formatOf(tag, code); ok {
				formats[tag+" "+code] = f
			}
		}
	}
	return formats
}

// primary is what a language's tag begins with.
func primary(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return language
}

// tags are the languages of PriceFormats: those in which V8's Intl writes prices as Price does, and those, such as Basque, that it does not know.
// The first is where none is said.
const tags = " en en-us en-gb en-ie en-ca en-au en-nz en-za nl nl-nl nl-be de de-de de-at de-lu fr fr-fr fr-be fr-ca fr-ch fr-lu es es-es es-mx es-ar es-co es-cl es-419 " +
	"pt pt-br pt-pt it it-it pl pl-pl cs cs-cz sk sk-sk hu hu-hu ro ro-ro hr hr-hr sl sl-si el el-gr bg bg-bg uk uk-ua ru ru-ru lt lt-lt lv lv-lv et et-ee fi fi-fi " +
	"sv sv-se sv-fi da da-dk nb nb-no no ca ca-es tr tr-tr he he-il vi vi-vn id id-id ms th th-th ja ja-jp ko ko-kr zh zh-cn zh-tw zh-hk " +
	"de-ch de-li it-ch es-us eu eu-es ga ga-ie gl gl-es is is-is nn nn-no cy cy-gb mn mn-mn ka ka-ge hy hy-am az az-az kk kk-kz uz uz-uz zu zu-za"

// sample is a price of 1234567.890 as it is written.
var sample = regexp.MustCompile(`^([^0-9]*)1([^0-9]+)234([^0-9]+)567(?:([^0-9]+)890?)?([^0-9]*)$`)

// formatOf reads a format from what prices are written as, and is false where that says other than they do.
func formatOf(tag, code string) (PriceFormat, bool) {
	scale := uint32(1)
	for range money.Decimals(code) {
		scale *= 10
	}
	m := sample.FindStringSubmatch(priceWords(tag, uint32(1_234_567_890*uint64(scale)/1000), code))
	if m == nil || m[2] != m[3] {
		return PriceFormat{}, false
	}
	f := PriceFormat{m[1], m[2], m[4], m[5], 4}
	if strings.Contains(priceWords(tag, 1234*scale, code), "1234") {
		f.Least = 5
	}
	for _, price := range []uint32{5, 99, 1250, 1234 * scale, 12_345 * scale, 123_456 * scale, 1<<32 - 1} {
		if f.write(price, code) != priceWords(tag, price, code) {
			return PriceFormat{}, false
		}
	}
	return f, true
}

// write is what the Worker does with a format.
func (f PriceFormat) write(price uint32, code string) string {
	decimals := money.Decimals(code)
	digits := strconv.FormatUint(uint64(price), 10)
	digits = strings.Repeat("0", max(0, decimals+1-len(digits))) + digits
	whole, rest := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	if len(whole) >= f.Least {
		for k := len(whole) - 3; k > 0; k -= 3 {
			whole = whole[:k] + f.Group + whole[k:]
		}
	}
	if decimals > 0 {
		whole += f.Decimal + rest
	}
	return f.Before + whole + f.After
}
