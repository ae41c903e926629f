package learn

import (
	"encoding/json"
	"fmt"
	"strings"
)

// wooOrders are orders as WooCommerce's REST API answers them, an array or one a line; wooRows are the tables of its common exporters: a row a
// line item, or a row an order with its line items in a cell as "name:Tent|product_id:12|sku:T1|quantity:1;name:…", or in cells of their own.
var (
	wooOrders = format{
		name: "woocommerce", what: "WooCommerce's orders: its REST API's, or the CSV of its exporters",
		mark:  "line_items and date_created; or order_id with item_name, item_sku, line_items or line_item_1",
		tells: func(has func(string) bool) bool { return has("line_items") && has("date_created") }, unsorted: true,
		object: func() objectReader {
			return func(text []byte, put func(*event) error) error {
				var o wooOrder
				if err := json.Unmarshal(text, &o); err != nil {
					return notAsDocumented(err)
				}
				return o.put(put)
			}
		},
	}
	wooRows = format{
		name: "woocommerce", what: wooOrders.what, mark: wooOrders.mark,
		tells: func(has func(string) bool) bool {
			return (has("order_id") || has("order_number")) &&
				(has("item_name") || has("item_sku") || has("item_product_id") || has("line_items") || has("line_item_1"))
		},
		unsorted: true, layout: &wooLayout,
	}
)

// wooOrder is what of an order is read.
type wooOrder struct {
	ID         text   `json:"id"`
	Status     string `json:"status"`
	CreatedGMT string `json:"date_created_gmt"`
	Created    string `json:"date_created"`
	Agent      string `json:"customer_user_agent"`
	Billing    struct {
		Country string `json:"country"`
	} `json:"billing"`
	Lines []struct {
		Product   text `json:"product_id"`
		Variation text `json:"variation_id"`
		SKU       text `json:"sku"`
		Name      text `json:"name"`
	} `json:"line_items"`
}

func (o *wooOrder) put(put func(*event) error) error {
	e := event{who: string(o.ID), time: o.CreatedGMT, utc: true, void: voidStatus(o.Status) || o.Status == "pending", again: againNever}
	if e.time == "" {
		e.time, e.utc = o.Created, false
	}
	e.signs = signs{agent: o.Agent, country: o.Billing.Country}
	for k, l := range o.Lines {
		e.named, e.more = named{id: string(l.Product), sku: string(l.SKU), title: string(l.Name)}, k > 0
		if e.id == "0" { // it was deleted since
			e.id = ""
		}
		if err := put(&e); err != nil {
			return err
		}
	}
	return nil
}

// Fields of the exporters' tables.
const (
	wooOrderID = iota
	wooCreatedGMT
	wooCreated
	wooStatus
	wooAgent
	wooCountry
	wooProduct
	wooSKU
	wooName
	wooLines
	wooLine // the first of wooMostLines
)

// wooMostLines is how many line items may have cells of their own.
const wooMostLines = 100

var wooLayout = layout{
	fields: wooFields(),
	needs: []need{
		{"order", []int{wooOrderID}}, {"time", []int{wooCreatedGMT, wooCreated}},
		{"item", []int{wooProduct, wooSKU, wooName, wooLines, wooLine}},
	},
	begin: func() rowReader {
		return func(v []string, has []bool, put func(*event) error) error {
			e := event{who: v[wooOrderID], time: v[wooCreatedGMT], utc: true, again: againNever, more: true}
			if e.time == "" {
				e.time, e.utc = v[wooCreated], false
			}
			e.void = voidStatus(v[wooStatus]) || strings.EqualFold(v[wooStatus], "pending")
			e.signs = signs{agent: v[wooAgent], country: v[wooCountry]}
			if has[wooProduct] || has[wooSKU] || has[wooName] {
				e.named = named{id: v[wooProduct], sku: v[wooSKU], title: v[wooName]}
				if err := put(&e); err != nil {
					return err
				}
			}
			for _, cell := range append([]string{v[wooLines]}, v[wooLine:]...) {
				for line := range strings.SplitSeq(cell, ";") {
					if e.named = wooLineItem(line); e.named == (named{}) {
						continue
					}
					if err := put(&e); err != nil {
						return err
					}
				}
			}
			return nil
		}
	},
}

func wooFields() []field {
	fields := []field{
		wooOrderID:    {[]string{"order_id", "order_number"}},
		wooCreatedGMT: {[]string{"date_created_gmt", "order_date_gmt"}},
		wooCreated:    {[]string{"order_date", "date_created", "date"}},
		wooStatus:     {[]string{"status", "order_status"}},
		wooAgent:      {[]string{"customer_user_agent"}},
		wooCountry:    {[]string{"billing_country", "country_code_(billing)", "shipping_country"}},
		wooProduct:    {[]string{"item_product_id", "product_id"}},
		wooSKU:        {[]string{"item_sku", "sku", "product_sku"}},
		wooName:       {[]string{"item_name", "product_name"}},
		wooLines:      {[]string{"line_items"}},
	}
	for k := range wooMostLines {
		fields = append(fields, field{[]string{fmt.Sprint("line_item_", k+1)}})
	}
	return fields
}

// wooLineItem reads a line item such as "name:Tent|product_id:12|sku:T1|quantity:1".
func wooLineItem(text string) (n named) {
	for part := range strings.SplitSeq(text, "|") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), ":")
		switch value = strings.TrimSpace(value); name {
		case "product_id":
			n.id = value
		case "sku":
			n.sku = value
		case "name":
			n.title = value
		}
	}
	return n
}
