package learn

import "strings"

// shopify is Shopify's export of orders: a row a line item, of which the first alone has what is of the whole order.
var shopify = format{
	name: "shopify", what: "Shopify's export of orders, as CSV", mark: "Name, Created at, Lineitem name and Lineitem sku",
	tells:    func(has func(string) bool) bool { return has("lineitem_name") || has("lineitem_sku") },
	unsorted: true, layout: &shopifyLayout,
}

// Fields of Shopify's export of orders.
const (
	shopifyOrder = iota
	shopifyCreated
	shopifySKU
	shopifyTitle
	shopifyCancelled
	shopifyStatus
	shopifyCountry
)

var shopifyLayout = layout{
	fields: []field{
		shopifyOrder:     {[]string{"name"}},
		shopifyCreated:   {[]string{"created_at"}},
		shopifySKU:       {[]string{"lineitem_sku"}},
		shopifyTitle:     {[]string{"lineitem_name"}},
		shopifyCancelled: {[]string{"cancelled_at"}},
		shopifyStatus:    {[]string{"financial_status"}},
		shopifyCountry:   {[]string{"shipping_country", "billing_country"}},
	},
	needs: []need{
		{"order", []int{shopifyOrder}}, {"time", []int{shopifyCreated}}, {"line item", []int{shopifySKU, shopifyTitle}},
	},
	begin: func() rowReader {
		var order, created, country string
		var void bool
		return func(v []string, _ []bool, put func(*event) error) error {
			if first := v[shopifyOrder] != order; first {
				order, created, country = strings.Clone(v[shopifyOrder]), strings.Clone(v[shopifyCreated]), strings.Clone(v[shopifyCountry])
				void = v[shopifyCancelled] != "" || voidStatus(v[shopifyStatus])
			}
			if v[shopifyCreated] == "" {
				v[shopifyCreated] = created
			}
			e := event{who: order, time: v[shopifyCreated], void: void, again: againNever, more: true}
			e.named = named{sku: strings.TrimPrefix(v[shopifySKU], "'"), title: v[shopifyTitle]}
			e.country = country
			return put(&e)
		}
	},
}

// voidStatus reports whether an order of that status came to nothing. What was sent back was bought all the same.
func voidStatus(status string) bool {
	switch strings.TrimPrefix(strings.ToLower(strings.TrimSpace(status)), "wc-") {
	case "voided", "cancelled", "canceled", "failed", "expired", "trash", "draft", "checkout-draft", "pending payment":
		return true
	}
	return false
}
