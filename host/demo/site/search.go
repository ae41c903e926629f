package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

const (
	maxQuery   = 80 // runes that are looked at
	maxResults = 48
)

// searchPage is the main part of the page of search results.
type searchPage struct {
	Results []card
	Count   string
}

func search(v *visit) {
	query := []rune(strings.Join(strings.Fields(v.r.URL.Query().Get("q")), " "))
	query = query[:min(len(query), maxQuery)]
	p := v.page(v.W.Search).samePath(v)
	p.NoIndex = true
	p.Query = string(query)
	main := searchPage{}
	if p.Query != "" {
		p.Title = v.W.resultsFor(p.Query)
		p.Heading = p.Title
		p.Other += "?" + url.Values{"q": {p.Query}}.Encode()
		found := v.find(p.Query)
		main.Results, main.Count = v.cards(found), v.W.results(len(found))
	}
	p.Main = main
	p.fill("search", v.companions(nil, 4))
	v.write(http.StatusOK, "search", p)
}

// find returns the items that have every word of a query in their title or description: those with more of them in the
// title first, then the more popular.
func (s *shop) find(query string) []*catalogue.Item {
	words := strings.Fields(plain(query))
	type hit struct {
		item    *catalogue.Item
		inTitle int
	}
	var hits []hit
	for _, item := range s.items {
		title, text := plain(item.Title), plain(item.Description)
		h := hit{item: item}
		all := true
		for _, word := range words {
			if strings.Contains(title, word) {
				h.inTitle++
			} else if !strings.Contains(text, word) {
				all = false
				break
			}
		}
		if all {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.inTitle - a.inTitle })
	var found []*catalogue.Item
	for _, h := range hits[:min(len(hits), maxResults)] {
		found = append(found, h.item)
	}
	return found
}

// plain returns a text in small letters and without the accents that Dutch has.
func plain(text string) string { return accents.Replace(strings.ToLower(text)) }

var accents = strings.NewReplacer("é", "e", "è", "e", "ë", "e", "ê", "e", "ï", "i", "ö", "o", "ü", "u", "ó", "o", "á", "a",
	"’", "'")
