package site

import (
	"net/http"
	"slices"

	"github.com/nabij/nabij/host/catalogue"
)

// picks are what the shop's people like to point at, the largest first. English ids serve both languages.
var picks = []string{
	"en/four-days-along-the-wadden-coast", "en/four-rain-jackets-compared", "en/mending-a-puncture-yourself-in-nine-steps",
}

// homePage is the main part of the home page.
type homePage struct {
	Departments []department
	Bikes       *topic
	TestRide    *catalogue.Item
	Picks       []card
}

// department is a topic as the home page shows it.
type department struct {
	*topic
	Image string
}

func home(v *visit) {
	p := v.page(v.W.HomeTitle).samePath(v)
	p.Heading = v.W.HomeHeading
	p.Description = v.W.HomeDescription
	main := homePage{Bikes: v.roots[0], TestRide: v.translated("en/taking-a-test-ride")}
	var shown []*catalogue.Item
	for _, t := range p.Roots() {
		item := t.items[slices.IndexFunc(t.items, orderable)]
		shown = append(shown, item)
		main.Departments = append(main.Departments, department{t, item.Image})
	}
	for _, id := range picks {
		item := v.translated(id)
		shown = append(shown, item)
		main.Picks = append(main.Picks, v.card(item))
	}
	p.Main = main
	p.fill("home", popular(v.shop, shown))
	p.fill("continue", nil)
	v.write(http.StatusOK, "home", p)
}

// popular returns what is bought most in some departments, and a page to read, but for what is shown elsewhere.
func popular(s *shop, not []*catalogue.Item) []*catalogue.Item {
	p := picker{kinds: products, size: 5, not: not}
	for _, t := range s.paths([]string{"Bikes", "Accessories", "Clothing", "Camping", "Walking"}) {
		p.take(1, t.items)
	}
	return append(p.list, s.near(nil, reading, 1, not...)...)
}
