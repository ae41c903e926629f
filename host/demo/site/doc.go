// Package site serves the demo shop Wad & Weg as web pages, in Dutch and in English: departments, items, a search, a basket
// and a page about the visitor's privacy. Every page works without scripts, and has the elements in which Nabij shows
// its suggestions where there are scripts.
//
//	mux := http.NewServeMux()
//	mux.Handle("/nabij/", files) // whatever the script tag in Head asks for
//	mux.Handle("/", site.Handler(site.Options{Head: `<script type="module" src="/nabij/nabij.js"></script>`}))
//
// # Where Nabij comes in
//
// A slot is an element nabij-suggestions with an attribute slot-name. Its children are a list that suits everyone, which
// stays unless something better is there; its heading stands outside of it. The visitor's panel is the element
// nabij-control on the page /en/your-visit.
//
// What a visitor does is declared in the markup: data-nabij is "basket-add" or "basket-remove" on a form whose
// data-nabij-item is the item's id, "search" on the search form, and "filter" on a link whose data-nabij-topic is a path
// such as "Clothing > Rainwear". The meta element nabij-topic says which topic a department is about, and a meta
// element nabij-purchase names each item bought on the page after an order. An item's own page is known by its URL.
//
// # What is kept
//
// Nothing is kept by the server. A cookie holds the ids of the items in the basket, and another, for some minutes, those of
// the items ordered.
package site
