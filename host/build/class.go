package build

import (
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// contextClasses are the names of the context's classes, as configurations and requests spell them.
var contextClasses = [pack.ClassCount]string{
	pack.Night: "night", pack.Morning: "morning", pack.Afternoon: "afternoon", pack.Evening: "evening",
	pack.Weekday: "weekday", pack.Weekend: "weekend",
	pack.Phone: "phone", pack.Tablet: "tablet", pack.Desktop: "desktop",
	pack.Region1: "region-1", 11: "region-2", 12: "region-3", 13: "region-4", 14: "region-5", 15: "region-6", 16: "region-7",
	pack.Region8:      "region-8",
	pack.ReferrerNone: "referrer-none", pack.ReferrerSearch: "referrer-search", pack.ReferrerSocial: "referrer-social",
	pack.ReferrerMail: "referrer-mail", pack.ReferrerOther: "referrer-other",
}

// ParseClass returns the class of that name, such as "evening" or "region-1", and whether there is one.
func ParseClass(name string) (pack.Class, bool) {
	for c, n := range contextClasses {
		if n == name && c > 0 {
			return pack.Class(c), true
		}
	}
	return 0, false
}

func classNames() string { return strings.Join(contextClasses[1:], ", ") }
