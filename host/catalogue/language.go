package catalogue

import (
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// languageTag returns a BCP 47 tag in lower case: "nl", "en-gb". It accepts what feeds write: "EN_us", "eng", "nl-NL.UTF-8".
// What says that there is no one language ("mul", "und", "zxx") is the empty tag.
func languageTag(s string) (string, bool) {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ".")
	tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	if err != nil {
		return "", false
	}
	base, confidence := tag.Base()
	switch base.String() {
	case "und", "mul", "zxx":
		return "", s != ""
	}
	if confidence != language.Exact {
		return "", false
	}
	// Extensions (-u-, -x-) say how to write, not which language it is.
	out := base.String()
	if script, confidence := tag.Script(); confidence == language.Exact {
		out += "-" + script.String()
	}
	if region, confidence := tag.Region(); confidence == language.Exact {
		out += "-" + region.String()
	}
	return strings.ToLower(out), true
}

// baseLanguage returns the language alone: "en" for "en-gb".
func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// currencyCode returns an ISO 4217 code in upper case, and whether s is one.
func currencyCode(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) != 3 {
		return "", false
	}
	unit, err := currency.ParseISO(s)
	if err != nil || unit == currency.XXX || unit == currency.XTS {
		return "", false
	}
	return unit.String(), true
}
