package learn

import "errors"

// table is what most can be made into: rows or objects with names that say what they are.
var table = format{
	name: "table", what: "a table with a header row, JSON Lines or Parquet",
	mark:   "session_id (or visitor_id, order_id), item_id (or url) and a time",
	tells:  func(func(string) bool) bool { return true },
	layout: &genericLayout,
}

// Fields of a table of no known origin.
const (
	genericSession = iota
	genericVisitor
	genericItem
	genericURL
	genericTime
	genericDevice
	genericAgent
	genericCountry
	genericMedium
	genericReferrer
)

// genericLayout is that of a table of no known origin.
var genericLayout = layout{
	fields: []field{
		genericSession:  {[]string{"session_id", "session", "visit_id", "visit", "order_id", "transaction_id", "invoice"}},
		genericVisitor:  {[]string{"visitor_id", "visitor", "user_id", "client_id", "customer_id", "user_pseudo_id"}},
		genericItem:     {[]string{"item_id", "item", "product_id", "sku", "stock_code"}},
		genericURL:      {[]string{"url", "page_url", "page_location", "page", "path"}},
		genericTime:     {[]string{"unix_time_s", "unix_time", "timestamp", "time", "event_time", "created_at", "date"}},
		genericDevice:   {[]string{"device", "device_category", "device_type"}},
		genericAgent:    {[]string{"user_agent", "useragent", "ua", "http_user_agent"}},
		genericCountry:  {[]string{"country", "country_code", "geo_country"}},
		genericMedium:   {[]string{"medium", "utm_medium", "referrer_medium"}},
		genericReferrer: {[]string{"referrer", "referer", "referrer_url", "referer_url", "http_referer", "page_referrer"}},
	},
	needs: []need{
		{"session or visitor", []int{genericSession, genericVisitor}}, {"item", []int{genericItem, genericURL}}, {"time", []int{genericTime}},
	},
	begin: func() rowReader {
		var e event
		return func(v []string, has []bool, put func(*event) error) error {
			e.who, e.visitor = v[genericSession], false
			if !has[genericSession] {
				e.who, e.visitor = v[genericVisitor], true
			}
			e.id, e.time = v[genericItem], v[genericTime]
			if has[genericURL] {
				e.url, e.page, e.host = v[genericURL], e.id == "", hostOf(v[genericURL])
			} else if e.id == "" {
				return errors.New("no item")
			}
			e.device, e.agent, e.country = v[genericDevice], v[genericAgent], v[genericCountry]
			e.medium, e.referrer, e.refers = v[genericMedium], v[genericReferrer], has[genericReferrer]
			return put(&e)
		}
	},
}
