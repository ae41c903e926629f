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
//   - JSON Lines, and arrays of objects.
//   - Tables with a header row, parted by commas, semicolons or tabs.
//   - HTML pages, in a folder or named by a sitemap beside them: schema.org in JSON-LD and microdata, then OpenGraph, then
//     the page's title. The URL's path is the ID unless the page gives another.
//   - RSS and Atom feeds of articles.
//
// Each may be compressed with gzip and in any encoding that it declares; what declares nothing is read as UTF-8, and as
// windows-1252 where it is no UTF-8.
//
// # JSON Lines and tables
//
// The members of an object, or the columns of a table, with the other names they go by. Only a title, and an id or url, are
// needed:
//
//	id            text or number (item_id, product_id, handle, slug, sku, guid)
//	url           absolute, or relative to Options.BaseURL (link, product_url, page_url, permalink, href)
//	title         text, markup is dropped (name, product_name, headline)
//	description   text, markup is dropped (body, summary, text, content)
//	image         a link, or an array of which the first counts (image_url, image_link, picture, thumbnail)
//	kind          "product" (the default), "article", "guide", "review", "comparison", "help" or "category"
//	topics        an array of paths, each an array of steps or text such as "Bikes > City bikes"; or such a text
//	              (topic, category, categories, product_type, breadcrumbs, type)
//	taxonomy_id   the number or path in Google's product taxonomy (google_product_category)
//	brand         text (vendor, manufacturer)
//	attributes    an object of text, numbers, or arrays of them (properties, specs)
//	price         a number in the currency's major unit, or text such as "12,34 EUR" (amount, regular_price)
//	sale_price    likewise; it takes the place of price
//	currency      an ISO 4217 code (price_currency)
//	availability  "in_stock", "out_of_stock", "preorder", "backorder", true, false or a number in stock (in_stock, stock)
//	language      a BCP 47 tag (lang, locale); as language_code only the language itself counts, not the region
//	sensitive     true or false (adult)
//	popularity    a number that is not negative (orders, train_orders, sales, ratings_count, views)
//	item_group_id what the variants of one product have in common (group_id, variant_of)
//	author, tags  text parted by commas, or an array; become the attributes "author" and "tag" (authors, keywords)
//
// In a table several topics are parted by "|" or ";". Any other member that is text, a number, true, or an array of those,
// and any other column, becomes an attribute.
//
// # Pages
//
// A page may say for Nabij alone what it is, whatever its structured data says:
//
//	<meta name="nabij:kind" content="guide">               one of the kinds above
//	<meta name="nabij:id" content="choose-a-helmet">
//	<meta name="nabij:topic" content="Helmets > Children">
//	<meta name="nabij:sensitive" content="yes">
//	<meta name="nabij:popularity" content="12">
//
// Without nabij:id a product's page has the ID that its structured data gives (productGroupID, productID or sku), and any
// other the path of its URL; the article of a feed has the path of its link, so that the two are the same. Pages that ask
// not to be indexed, lead on to another, or name another page of the folder as canonical are left out.
//
// # Variants
//
// What is folded has the ID of the group, what the variants' titles begin with in common (or the title of the group's own
// record), the attributes and topics of all, the lowest price of those that can be had, and the best availability. The
// variants' own IDs become Item.Aliases.
//
// # Limits
//
// Nothing is fetched from the network, and no record may be larger than 4 MiB. What is held in memory while a source is
// read are the IDs and URLs so far, and the products whose variants may still come.
package catalogue
