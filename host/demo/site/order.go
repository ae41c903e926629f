package site

import (
	"net/http"

	visitorpolicy "github.com/nabij/nabij/host/policy"
)

// order empties the basket. The page that follows learns from a cookie of some minutes what was in it.
func order(v *visit) {
	to := "basket"
	if len(v.basket) > 0 {
		v.basket.keep(v, orderCookie, orderSeconds)
		basket(nil).keep(v, basketCookie, 0)
		to = "thanks"
	}
	http.Redirect(v.w, v.r, "/"+v.Language+"/"+to, http.StatusSeeOther)
}

func thanks(v *visit) {
	bought := v.list(readBasket(v.r, orderCookie))
	p := v.page(v.W.ThanksTitle).samePath(v)
	if len(bought.Lines) == 0 {
		p.Title, p.Heading = v.W.NoOrder, v.W.NoOrder
	}
	p.NoIndex = true
	for _, l := range bought.Lines {
		p.Bought = append(p.Bought, l.ID)
	}
	p.Main = bought
	v.write(http.StatusOK, "thanks", p)
}

// yourVisit is the page about the visitor's privacy.
func yourVisit(v *visit) {
	p := v.page(v.W.YourVisit).samePath(v)
	p.Heading = v.W.VisitHeading
	p.Description = v.W.VisitLead
	if v.options.Policy != "" {
		p.Policy = v.options.Policy + visitorpolicy.HTMLName(visitorpolicy.Language(v.Language))
	}
	v.write(http.StatusOK, "your-visit", p)
}
