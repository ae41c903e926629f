package catalogue_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/nabij/nabij/host/catalogue"
)

// A feed with one product in two sizes, and a mistake.
func ExampleReadFrom() {
	feed := `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>
<item><g:id>J-S</g:id><g:item_group_id>J</g:item_group_id><title>Rain jacket - S</title><link>/p/jacket</link>
 <g:price>89,00 EUR</g:price><g:availability>in_stock</g:availability><g:size>S</g:size></item>
<item><g:id>J-M</g:id><g:item_group_id>J</g:item_group_id><title>Rain jacket - M</title><link>/p/jacket</link>
 <g:price>79,00 EUR</g:price><g:availability>in_stock</g:availability><g:size>M</g:size></item>
<item><g:id>X</g:id><title>Not a link</title><link>javascript:alert(1)</link></item>
</channel></rss>`
	report, err := catalogue.ReadFrom(context.Background(), "feed.xml", strings.NewReader(feed),
		catalogue.Options{BaseURL: "https://shop.example/"},
		func(it catalogue.Item) error {
			fmt.Println(it.ID, it.Title, it.URL, it.Price.Minor, it.Price.Currency, it.Attributes, it.Aliases)
			return nil
		})
	fmt.Println(report.Format, report.Items, err)
	for _, p := range report.Problems {
		fmt.Println(p)
	}
	// Output:
	// J Rain jacket https://shop.example/p/jacket 7900 EUR [{size S} {size M}] [J-S J-M]
	// Google Merchant XML feed 1 <nil>
	// feed.xml:6: error: item "X", link: the link "javascript:alert(1)" has the scheme "javascript"; only http, https and relative links are allowed; the item is left out
}
