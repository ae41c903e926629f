// Package content finds the neighbours of a site's items from what the catalogue itself says of them, so that a shop
// without any log of visits has suggestions on its first day.
//
// Rows takes items and returns for each the items most like it: by the words of titles, topics, attribute values and
// the beginning of descriptions, by shared topics, attributes and brand, and by closeness of price and other numbers.
//
//	rows, err := content.Rows(ctx, items, content.Options{})
//	// rows[i].Neighbours[0] is the item most like items[i]
//
// How it is done, a file for each step:
//
//  1. document.go: an item becomes terms with frequencies, in five groups (text, topic, attribute, brand, band).
//  2. compound.go: "regenjas" gets a share of "jas", where the catalogue has both.
//  3. weigh.go: frequencies become weights (BM25F), groups are balanced, the vector is scaled to length 1.
//  4. candidate.go: an inverted index finds some hundred candidates, whatever the size of the catalogue.
//  5. neighbour.go: candidates are scored exactly by cosine; near-duplicates give way (MMR); guides find products, and
//     products guides.
//
// The rows depend on the items and options alone, never on the number of workers.
package content
