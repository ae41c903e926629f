package build

import (
	"encoding/json"
	"fmt"

	"golang.org/x/text/language"

	"github.com/nabij/nabij/core/pack"
)

// regions reads groups of countries, each a list of ISO 3166 codes of two letters.
func (o *object) regions(name string) [][]string {
	var out [][]string
	in := map[string]int{}
	for k, raw := range o.list(name, int(pack.Region8-pack.Region1)+1) {
		path := fmt.Sprintf("%s[%d]", o.join(name), k)
		var codes []string
		if json.Unmarshal(raw, &codes) != nil || len(codes) == 0 {
			o.faultAt(path, "got %s, want a list of countries such as [\"NL\", \"BE\"]", described(raw))
			continue
		}
		for i, code := range codes {
			path := fmt.Sprintf("%s[%d]", path, i)
			if !isCountry(code) {
				o.faultAt(path, "got %q, want the two capital letters of a country, such as \"NL\"", code)
			} else if k, twice := in[code]; twice {
				o.faultAt(path, "%s is in %s[%d] already", code, o.join(name), k)
			} else {
				in[code] = k
			}
		}
		out = append(out, codes)
	}
	return out
}

// isCountry reports whether a code is that of a country in ISO 3166-1 alpha-2.
func isCountry(code string) bool {
	r, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && r.String() == code && r.IsCountry()
}

// RegionClasses returns the class of each country that is in one of Regions.
func (c *Config) RegionClasses() map[string]pack.Class {
	classes := map[string]pack.Class{}
	for k, codes := range c.Regions {
		for _, code := range codes {
			classes[code] = pack.Region1 + pack.Class(k)
		}
	}
	return classes
}
