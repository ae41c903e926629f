package markup

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/bojanz/currency"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/internal/money"
)

// Price writes an item's price in a language, as Intl.NumberFormat does in Chromium, and in languages that Chromium does not know by CLDR 48;
// nothing where there is none, or where the language or the currency is not one that could be. English is what stands for a language that is not said, or not known.
func Price(p *pack.Pack, item uint32, language string) string {
	price, c := p.Price(item), p.Currency(item)
	if price == 0 || c == 0 {
		return ""
	}
	return priceWords(language, price, string(p.CurrencyName(c-1)))
}

// number is what amounts are given to the library as: it takes none of a currency that it does not know, and looks at what its sign is only
// after that.
const number = "EUR"

func priceWords(language string, price uint32, code string) string {
	locale, ok := localeOf(language)
	if !ok || !isCode(code) {
		return ""
	}
	code = strings.ToUpper(code)
	digits := money.Decimals(code)
	minor := strconv.FormatUint(uint64(price), 10)
	if pad := digits + 1 - len(minor); pad > 0 {
		minor = strings.Repeat("0", pad) + minor
	}
	amount, err := currency.NewAmount(minor[:len(minor)-digits]+"."+minor[len(minor)-digits:]+"0", number)
	if err != nil {
		return ""
	}
	f := currency.NewFormatter(locale)
	f.MinDigits, f.MaxDigits = uint8(digits), uint8(digits)
	f.SymbolMap[number] = sign(code, locale)
	return f.Format(amount)
}

// isCode reports whether a currency is of three letters, as Intl wants it.
func isCode(code string) bool {
	for _, c := range []byte(code) {
		if c|' ' < 'a' || c|' ' > 'z' {
			return false
		}
	}
	return len(code) == 3
}

// sign returns a currency's sign in a language.
func sign(code string, locale currency.Locale) string {
	if own, ok := signs[code]; ok {
		return own
	}
	if own, ok := signs[locale.Language+" "+code]; ok {
		return own
	}
	found, ok := currency.GetSymbol(code, locale)
	if !ok {
		return code
	}
	// Where CLDR says of a language that a currency's sign is its code, the library has that of English.
	if strings.Contains(signless[locale.String()], code) {
		return code
	}
	if english, _ := currency.GetSymbol(code, currency.Locale{Language: "en"}); found != english {
		return found
	}
	for l := locale; !l.IsEmpty(); l = l.GetParent() {
		if codes, listed := signless[l.String()]; listed {
			if strings.Contains(codes, code) {
				return code
			}
			break
		}
	}
	return found
}

// signs are those, of a currency everywhere or in a language, that Chromium's Intl has otherwise than CLDR 48, or the library than both.
var signs = map[string]string{"XXX": "¤", "bg BGN": "лв.", "XCG": "XCG", "nl ZWG": "ZWG", "ru UAH": "грн.", "uk UAH": "грн"}

// signless are currencies that a language writes by their codes though English has a sign for them, by CLDR 48.
var signless = map[string]string{
	"af":      "CAD MXN PHP USD",
	"am":      "PHP",
	"ar":      "PHP",
	"az":      "PHP",
	"be":      "BRL CAD NZD PHP",
	"bg":      "AUD BRL CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD VND XCD",
	"bn":      "PHP",
	"bs":      "AUD BRL CAD CNY GBP HKD ILS MXN NZD PHP USD XPF",
	"ca":      "BRL CAD CNY MXN PHP USD XCD",
	"cs":      "ILS INR PHP VND",
	"cy":      "KRW PHP",
	"da":      "PHP",
	"de":      "PHP",
	"de-CH":   "EUR PHP",
	"de-LI":   "EUR PHP",
	"el":      "PHP",
	"en-AU":   "BRL CAD CNY EUR GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XOF",
	"es":      "AUD BRL CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD XAF XCD XOF",
	"es-419":  "AUD BRL CAD CNY EUR GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XOF",
	"es-US":   "AUD BRL CAD CNY EUR GBP HKD ILS INR KRW MXN NZD PHP TWD VND XAF XCD XOF",
	"et":      "PHP",
	"eu":      "PHP",
	"fa":      "PHP",
	"fi":      "AUD BRL CAD CNY HKD ILS INR KRW MXN NZD PHP TWD VND XCD XPF",
	"fr":      "CNY HKD JPY PHP TWD XCD",
	"fr-CA":   "ILS INR KRW MXN PHP TWD VND XAF XCD XOF XPF",
	"gl":      "PHP XCD",
	"he":      "PHP",
	"hi":      "PHP",
	"hr":      "AUD BRL CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XCD XPF",
	"hu":      "AUD BRL CAD CNY EUR GBP HKD ILS INR KRW MXN NZD PHP TWD USD VND XCD",
	"hy":      "PHP",
	"id":      "PHP",
	"is":      "AUD BRL CAD EUR GBP INR KRW MXN NZD PHP TWD USD VND",
	"it":      "BRL HKD INR JPY KRW MXN TWD USD VND",
	"ja":      "PHP",
	"ka":      "AUD CNY HKD ILS INR JPY KRW NZD PHP VND",
	"kk":      "PHP",
	"ko":      "PHP",
	"lt":      "AUD BRL CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XOF XPF",
	"lv":      "PHP",
	"mk":      "AUD CNY GBP HKD ILS INR JPY KRW NZD PHP TWD VND",
	"mn":      "PHP",
	"mr":      "PHP",
	"ms":      "CAD MXN PHP USD",
	"nl":      "PHP XPF",
	"nn":      "AUD BRL CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XPF",
	"no":      "AUD BRL CAD CNY HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XPF",
	"pl":      "AUD CAD CNY GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND",
	"pt":      "PHP",
	"ro":      "AUD BRL CAD CNY EUR GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XCD",
	"ru":      "PHP",
	"sk":      "AUD BRL CAD CNY GBP HKD INR JPY KRW NZD PHP TWD USD VND",
	"sl":      "AUD BRL CAD GBP MXN NZD PHP TWD XCD",
	"sq":      "BRL PHP",
	"sr":      "AUD KRW NZD PHP VND",
	"sr-Latn": "AUD KRW NZD PHP VND",
	"sv":      "AUD CNY GBP HKD INR JPY KRW NZD PHP TWD VND",
	"sw":      "PHP",
	"ta":      "PHP",
	"th":      "PHP",
	"tr":      "PHP",
	"uk":      "AUD BRL CAD CNY EUR GBP HKD ILS INR KRW MXN NZD PHP TWD USD VND XCD",
	"ur":      "PHP",
	"uz":      "PHP",
	"vi":      "PHP",
	"zh":      "PHP",
	"zh-Hant": "PHP",
	"zu":      "PHP",
}

// tagged is a language tag as Intl takes it (BCP 47, without what is left of older ones): language, script, region, and what follows.
var tagged = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([a-z]{2,3}|[a-z]{5,8})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*` +
		`(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$`)
})

// localeOf returns what a language tag says of how to write numbers.
func localeOf(tag string) (currency.Locale, bool) {
	if tag == "" {
		return currency.Locale{Language: "en"}, true
	}
	m := tagged().FindStringSubmatch(strings.ToLower(tag))
	if m == nil {
		return currency.Locale{}, false
	}
	l := currency.NewLocale(strings.Trim(m[1]+"-"+m[2]+"-"+m[3], "-"))
	if current, old := renamed[l.Language]; old {
		l.Language = current
	}
	if script, ok := written[l.Language+l.Territory]; ok && l.Script == "" {
		l.Script = script
	}
	return l, true
}

// renamed are languages by the tags that they had.
var renamed = map[string]string{"iw": "he", "in": "id", "tl": "fil", "mo": "ro", "ji": "yi"}

// written are the scripts of languages where they are not those that the language usually has.
var written = map[string]string{"zhTW": "Hant", "zhHK": "Hant", "zhMO": "Hant", "srME": "Latn", "paPK": "Arab", "uzAF": "Arab"}
