package serve

import (
	"net/url"
	"slices"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// Local returns the items with URLs that lead to this server: those at the site's origin, such as "https://shop.example", become
// paths. Without an origin it is the one that most items have. Pictures stay where they are.
func Local(items []catalogue.Item, origin string) []catalogue.Item {
	if origin == "" {
		origin = commonOrigin(items)
	}
	items = slices.Clone(items)
	for i := range items {
		items[i].URL = pathAt(origin, items[i].URL)
	}
	return items
}

// LocalAll is Local for a preview, which has a page for every item: URLs of any origin become paths, and an item without one, or
// whose path another has, gets one by its ID.
func LocalAll(items []catalogue.Item) []catalogue.Item {
	items = slices.Clone(items)
	taken := map[string]bool{"/": true, "/favicon.ico": true}
	for i := range items {
		u := &items[i].URL
		*u = pathAt(originOf(*u), *u)
		if *u == "" || taken[*u] || strings.HasPrefix(*u, own) || strings.HasPrefix(*u, Base) {
			*u = own + "item/" + url.PathEscape(items[i].ID)
		}
		taken[*u] = true
	}
	return items
}

// commonOrigin returns the origin that most of the items' URLs have, the first of those that are even; none where they are paths.
func commonOrigin(items []catalogue.Item) (most string) {
	count := map[string]int{}
	for i := range items {
		origin := originOf(items[i].URL)
		if count[origin]++; origin != "" && (most == "" || count[origin] > count[most]) {
			most = origin
		}
	}
	return most
}

// originOf returns what stands before the path of an absolute URL, and nothing for a path.
func originOf(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || strings.HasPrefix(address, "/") {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return scheme + "://" + rest
}

// pathAt returns the path of an address at an origin, and any other address as it is.
func pathAt(origin, address string) string {
	rest, ok := strings.CutPrefix(address, strings.TrimSuffix(origin, "/"))
	switch {
	case origin == "" || !ok:
		return address
	case rest == "" || rest[0] == '?' || rest[0] == '#':
		return "/" + rest
	case rest[0] != '/' || strings.HasPrefix(rest, "//"):
		return address
	}
	return rest
}
