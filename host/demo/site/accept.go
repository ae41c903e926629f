package site

import (
	"strconv"
	"strings"
)

// preferred returns which of the shop's languages an Accept-Language header ranks first: English unless it is Dutch.
func preferred(header string) string {
	best, bestQuality := "en", 0.0
	for _, part := range strings.Split(header, ",") {
		tag, parameters, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		quality := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(parameters), "q="); ok {
			quality, _ = strconv.ParseFloat(q, 64)
		}
		language, _, _ := strings.Cut(strings.TrimSpace(tag), "-")
		if (language == "nl" || language == "en") && quality > bestQuality {
			best, bestQuality = language, quality
		}
	}
	return best
}
