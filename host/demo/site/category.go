package site

import (
	"net/http"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// categoryPage is the main part of a department's page.
type categoryPage struct {
	// All is the department whose parts can be chosen from; it is the page's own topic or the one above it.
	All     *topic
	Goods   []card
	Reading []card
}

func category(v *visit) {
	path := v.r.PathValue("path")
	t := v.bySlugs[strings.TrimSuffix(path, "/")]
	switch {
	case t == nil:
		notFound(v)
		return
	case v.r.URL.Path != t.URL:
		http.Redirect(v.w, v.r, t.URL, http.StatusMovedPermanently)
		return
	}
	p := v.page(t.Name)
	p.Topic, p.About = t, t.Path
	p.Other = v.other.topics[t.index].URL
	p.Description = v.W.categoryDescription(strings.ReplaceAll(t.Path, separator, ", "))
	p.Structured = []any{p.breadcrumbs(t, nil)}
	main := categoryPage{All: t.root()}
	for _, item := range t.items {
		if item.Kind == pack.KindProduct {
			main.Goods = append(main.Goods, v.card(item))
		} else {
			main.Reading = append(main.Reading, v.card(item))
		}
	}
	p.Main = main
	// The list above has all of the topic, so what follows leads out of it.
	p.fill("article", append(v.companions(t, 2, t.items...), v.near(t, reading, 2, t.items...)...))
	v.write(http.StatusOK, "category", p)
}
