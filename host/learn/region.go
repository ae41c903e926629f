package learn

import (
	_ "embed"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// countryNames has the names of countries in English behind their ISO 3166 codes, as CLDR has them, and others that some logs use.
//
//go:embed country.txt
var countryNames string

// regions finds the class of a country, by code or by name, in lower case.
type regions map[string]pack.Class

// newRegions returns those of ISO 3166 codes, each also under its names in English, which some logs have.
func newRegions(byCode map[string]pack.Class) regions {
	r := make(regions, 2*len(byCode))
	for code, class := range byCode {
		r[strings.ToLower(code)] = class
	}
	for line := range strings.Lines(countryNames) {
		code, name, _ := strings.Cut(strings.TrimSpace(strings.ToLower(line)), " ")
		if class, ok := r[code]; ok {
			r[name] = class
		}
	}
	return r
}

// of returns the class of a country, 0 where it has none.
func (r regions) of(country string) pack.Class {
	if len(r) == 0 || country == "" {
		return 0
	}
	return r[strings.ToLower(strings.TrimSpace(country))]
}
