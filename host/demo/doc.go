// Package demo is a bicycle and outdoor shop that does not exist: Wad & Weg, in Dutch and in English. It has products,
// guides, reviews, comparisons, articles and help pages, a drawn picture of each, a configuration and scripted visits,
// so that everything can be tried without a site of one's own.
//
//	os.WriteFile("shop.jsonl", demo.Feed(""), 0o666)       // what "nabij build" reads
//	os.WriteFile("nabij.json", demo.Config(), 0o666)
//	os.WriteFile("visit.jsonl", demo.Visit("en/comparing-rain-jackets"), 0o666)
//
// The shop is written by hand in the files of the folder shop, each item once in both languages, and read when it is
// first asked for. An item's id is its language and its title in small letters, as in "en/city-bike-duinrand-28"; its URL
// is the same behind a slash, and its picture's URL is "/pictures/", the id, and ".svg".
//
// All functions may be called concurrently.
package demo
