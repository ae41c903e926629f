// Package catalogue reads what a site offers, from the files it already has, into items: product feeds, exports of shop
// systems, tables, JSON, and the built pages themselves.
//
// Read recognises a source by its content and streams it: each Item is yielded once it is complete, with the variants of a
// product folded into one, its text plain, its links checked and its price in minor units. What is wrong with a source is
// handled or becomes a Problem that says where, what was seen and what to do; one bad item never costs another. ReadAll
// reads several sources into one catalogue.
//
//	items, reports, err := catalogue.ReadAll(ctx, []string{"feed.xml", "public/guides"}, catalogue.Options{
//		BaseURL:  "https://shop.example/",
//		Currency: "EUR",
//	})
//
// # Formats
//
//   - Google Merchant feeds: RSS 2.0 and Atom with g: attributes, and tables with the same names; variants share an
//     item_group_id, which becomes the ID.
//   - Shopify's product export; the handle is the ID, and /products/ and the handle the URL.
//   - WooCommerce's product export, in English; the post's number is the ID, and /?p= and the number the URL.
//   - JSON Lines, and arrays of objects; the members are listed in jsonl.go, at readJSON.
//   - Tables with a header row, parted by commas, semicolons or tabs, with the same names as columns.
//   - HTML pages, in a folder or named by a sitemap beside them: schema.org in JSON-LD and microdata, then OpenGraph, then
//     the page's title. The URL's path is the ID unless the page gives another.
//   - RSS and Atom feeds of articles.
//
// Each may be compressed with gzip and in any encoding that it declares; what declares nothing is read as UTF-8, and as
// windows-1252 where it is no UTF-8.
//
// # Limits
//
// Nothing is fetched from the network, and no record may be larger than 4 MiB. What is held in memory while a source is
// read are the IDs and URLs so far, and the products whose variants may still come.
package catalogue
