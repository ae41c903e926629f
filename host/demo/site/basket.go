package site

import (
	"net/http"
	"slices"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

const (
	basketCookie = "basket"
	orderCookie  = "order"
	// maxBasket keeps the cookie well below the 4 kB that browsers keep.
	maxBasket = 40
	// between separates ids in a cookie; no id has it.
	between = "."
	// orderSeconds is how long the page after an order can be loaded again.
	orderSeconds = 600
)

// basket holds the ids of items, one as often as it is taken.
type basket []string

// readBasket returns what a cookie holds of things that can be ordered; all else in it is ignored.
func readBasket(r *http.Request, cookie string) basket {
	c, err := r.Cookie(cookie)
	if err != nil {
		return nil
	}
	var b basket
	for _, id := range strings.Split(c.Value, between) {
		language, _, _ := strings.Cut(id, "/")
		if s := openShops()[language]; s != nil && s.byID[id] != nil && orderable(s.byID[id]) && len(b) < maxBasket {
			b = append(b, id)
		}
	}
	return b
}

// keep sets a cookie to what the basket holds. Zero seconds are until the browser is closed.
func (b basket) keep(v *visit, cookie string, seconds int) {
	if len(b) == 0 {
		seconds = -1
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: cookie, Value: strings.Join(b, between), Path: "/", MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v.r.TLS != nil,
	})
}

// line is an item in the basket.
type line struct {
	card
	Count int
	Sum   string
}

// basketPage is the main part of the basket's page and of the one after an order.
type basketPage struct {
	Lines []line
	Total string
}

// list puts a basket together in the shop's language, each item once.
func (s *shop) list(b basket) basketPage {
	var items []*catalogue.Item
	count := map[*catalogue.Item]int{}
	for _, id := range b {
		item := s.translated(id)
		if count[item]++; count[item] == 1 {
			items = append(items, item)
		}
	}
	var page basketPage
	total := int64(0)
	for _, item := range items {
		sum := item.Price.Minor * int64(count[item])
		total += sum
		page.Lines = append(page.Lines, line{s.card(item), count[item], s.price(sum)})
	}
	page.Total = s.price(total)
	return page
}

func showBasket(v *visit) {
	p := v.page(v.W.Basket).samePath(v)
	p.NoIndex = true
	main := v.list(v.basket)
	p.Main = main
	var first *topic
	var inside []*catalogue.Item
	for _, l := range main.Lines {
		inside = append(inside, l.Item)
	}
	if len(inside) > 0 && !inside[0].Sensitive {
		first = v.topicOf(inside[0])
	}
	p.fill("basket", v.companions(first, 4, inside...))
	v.write(http.StatusOK, "basket", p)
}

// changeBasket takes an item in or out, and shows the basket by way of a redirect.
func changeBasket(v *visit) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, 4096)
	item := v.byID[v.r.PostFormValue("item")]
	if item == nil {
		notFound(v)
		return
	}
	b := v.basket
	switch v.r.PostFormValue("do") {
	case "add":
		if orderable(item) && len(b) < maxBasket {
			b = append(b, item.ID)
		}
	case "remove":
		b = slices.DeleteFunc(b, func(id string) bool { return v.translated(id) == item })
	}
	b.keep(v, basketCookie, 0)
	http.Redirect(v.w, v.r, "/"+v.Language+"/basket", http.StatusSeeOther)
}
