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
		Product text `json:"product_id"`
		SKU     text `json:"sku"`
		Name    text `json:"name"`
	} `json:"line_items"`
}

func (o *wooOrder) put(put func(*event) error) error {
	e := event{who: string(o.ID), time: o.CreatedGMT, utc: true, void: wooVoid(o.Status), again: againNever}
	if e.time == "" {
		e.time, e.utc = o.Created, false
	}
	e.signs = signs{agent: o.Agent, country: o.Billing.Country}
	for k, l := range o.Lines {
		e.named, e.more = wooNamed(string(l.Product), string(l.SKU), string(l.Name)), k > 0
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
			e.void = wooVoid(v[wooStatus])
			e.signs = signs{agent: v[wooAgent], country: v[wooCountry]}
			if has[wooProduct] || has[wooSKU] || has[wooName] {
				e.named = wooNamed(v[wooProduct], v[wooSKU], v[wooName])
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
func wooLineItem(text string) named {
	var id, sku, title string
	for part := range strings.SplitSeq(text, "|") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), ":")
		switch value = strings.TrimSpace(value); name {
		case "product_id":
			id = value
		case "sku":
			sku = value
		case "name":
			title = value
		}
	}
	return wooNamed(id, sku, title)
}

// wooNamed is what a line is of. An id of 0 is that of a product that was deleted since.
func wooNamed(id, sku, title string) named {
	if id == "0" {
		id = ""
	}
	return named{id: id, sku: sku, title: title}
}

// wooVoid reports whether an order was cancelled, or not paid.
func wooVoid(status string) bool {
	return voidStatus(status) || strings.EqualFold(strings.TrimPrefix(strings.TrimSpace(status), "wc-"), "pending")
}
