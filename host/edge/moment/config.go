package moment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// MaxVariants is the most variants that a page may have. With more, a variant would be seen by few, and caches would keep little else.
const MaxVariants = 96

// The dimensions of a class.
const (
	// Moment is the local daypart, and whether it is weekend.
	Moment = "moment"
	// Device is whether the browser says that it is on a phone.
	Device = "device"
	// Region is a group of countries.
	Region = "region"
	// Referrer is the kind of site that the visit comes from.
	Referrer = "referrer"
	// Language is what of the pack's languages the browser prefers.
	Language = "language"
)

// dimensions are all of them, in the order in which errors tell of them.
var dimensions = []string{Moment, Device, Region, Referrer, Language}

// Config says what of a request counts.
type Config struct {
	// Classes are dimensions; nil is Moment and Device.
	Classes []string `json:"classes,omitempty"`
	// Regions are groups of countries, each of ISO 3166-1 codes of two capital letters: the first one is pack.Region1. They are those
	// that the pack was built with.
	Regions [][]string `json:"regions,omitempty"`
	// Languages are the pack's, in its order.
	Languages []string `json:"-"`
}

// Counts reports whether a dimension counts.
func (c *Config) Counts(dimension string) bool {
	if c.Classes == nil {
		return dimension == Moment || dimension == Device
	}
	return slices.Contains(c.Classes, dimension)
}

// values returns how many values a dimension has, that of what is not known among them.
func (c *Config) values(dimension string) int {
	switch dimension {
	case Moment:
		return 1 + 4*2
	case Device:
		return 1 + 2
	case Region:
		return 1 + len(c.Regions)
	case Referrer:
		return 1 + int(pack.ReferrerOther-pack.ReferrerNone) + 1
	}
	return 1 + len(c.Languages)
}

// Variants returns how many classes there are, and so how many variants a page can have.
func (c *Config) Variants() int {
	n := 1
	for _, d := range dimensions {
		if c.Counts(d) {
			n *= c.values(d)
		}
	}
	return n
}

// Check returns what is wrong with a configuration; above all, more than MaxVariants.
func (c *Config) Check() error {
	for i, d := range c.Classes {
		if !slices.Contains(dimensions, d) {
			return fmt.Errorf("classes[%d]: got %q, want one of %s", i, d, strings.Join(dimensions, ", "))
		}
		if slices.Contains(c.Classes[:i], d) {
			return fmt.Errorf("classes[%d]: %s is there twice", i, d)
		}
	}
	if err := c.checkRegions(); err != nil {
		return err
	}
	if n := c.Variants(); n > MaxVariants {
		var factors []string
		for _, d := range dimensions {
			if c.Counts(d) {
				factors = append(factors, fmt.Sprintf("%s %d", d, c.values(d)))
			}
		}
		return fmt.Errorf("classes: %s makes %d variants of a page, and at most %d are allowed", strings.Join(factors, " × "), n, MaxVariants)
	}
	return nil
}

func (c *Config) checkRegions() error {
	if most := int(pack.Region8-pack.Region1) + 1; len(c.Regions) > most {
		return fmt.Errorf("regions: got %d groups, and at most %d are allowed", len(c.Regions), most)
	}
	if c.Counts(Region) && len(c.Regions) == 0 {
		return fmt.Errorf("regions: there are none, but %s is among classes", Region)
	}
	seen := map[string]int{}
	for i, group := range c.Regions {
		for j, country := range group {
			if len(country) != 2 || country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z' {
				return fmt.Errorf("regions[%d][%d]: got %q, want the two capital letters of a country, such as \"NL\"", i, j, country)
			}
			if k, twice := seen[country]; twice {
				return fmt.Errorf("regions[%d][%d]: %s is in regions[%d] already", i, j, country, k)
			}
			seen[country] = i
		}
	}
	return nil
}

// Has reports whether a request can be of a class.
func (c *Config) Has(class Class) bool {
	known := (class.Daypart == 0) == (class.Day == 0) && class.Daypart <= pack.Evening && (class.Day == 0 || class.Day == pack.Weekday || class.Day == pack.Weekend)
	switch {
	case !known, !c.Counts(Moment) && class.Daypart != 0,
		class.Device != 0 && (!c.Counts(Device) || class.Device != pack.Phone && class.Device != pack.Desktop),
		class.Region != 0 && (!c.Counts(Region) || class.Region < pack.Region1 || int(class.Region-pack.Region1) >= len(c.Regions)),
		class.Referrer != 0 && (!c.Counts(Referrer) || class.Referrer < pack.ReferrerNone || class.Referrer > pack.ReferrerOther),
		class.Language != 0 && (!c.Counts(Language) || int(class.Language) > len(c.Languages)):
		return false
	}
	return true
}

// Vary returns the headers on which pages depend by a configuration, as a response's Vary names them. Save-Data is one always: who
// asks for less gets the page as its origin has it.
func (c *Config) Vary() []string {
	var names []string
	if c.Counts(Device) {
		names = append(names, "Sec-CH-UA-Mobile")
	}
	if c.Counts(Referrer) {
		names = append(names, "Referer")
	}
	if c.Counts(Language) {
		names = append(names, "Accept-Language")
	}
	if c.Counts(Region) || c.Counts(Referrer) {
		names = append(names, "Sec-GPC")
	}
	return append(names, "Save-Data")
}
