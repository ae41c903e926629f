package audit

import (
	"slices"
	"strings"

	"github.com/nabij/nabij/web/browser/wire"
)

// ownServices are what Chromium asks over plain http, where requests do not say who makes them: for updates of itself, and
// for the time.
var ownServices = []string{
	"http://update.googleapis.com/service/update2", "http://clients2.google.com/time/", "http://clients2.google.com/service/update2",
}

// own reports whether the browser makes a request for itself. A page's request says so in Sec-Fetch-Site, which scripts
// cannot set: "none" is for what no page asked for, such as an address that is typed.
func own(r wire.Request, s *Sent) bool {
	if header(r, "Sec-Fetch-Site") == "none" && header(r, "Sec-Fetch-Mode") != "navigate" {
		return true
	}
	return header(r, "Referer") == "" && header(r, "Origin") == "" && slices.ContainsFunc(ownServices, func(service string) bool {
		return strings.HasPrefix(s.Origin+s.Path, service)
	})
}
