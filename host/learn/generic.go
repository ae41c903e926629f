package learn

// Fields of a table of no known origin.
const (
	genericSession = iota
	genericVisitor
	genericItem
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
		genericTime:     {[]string{"unix_time_s", "unix_time", "timestamp", "time", "event_time", "created_at", "date"}},
		genericDevice:   {[]string{"device", "device_category", "device_type"}},
		genericAgent:    {[]string{"user_agent", "useragent", "ua", "http_user_agent"}},
		genericCountry:  {[]string{"country", "country_code", "geo_country"}},
		genericMedium:   {[]string{"medium", "utm_medium", "referrer_medium"}},
		genericReferrer: {[]string{"referrer", "referer", "referrer_url", "referer_url", "http_referer", "page_referrer"}},
	},
	needs: []need{
		{"session or visitor", []int{genericSession, genericVisitor}}, {"item", []int{genericItem}}, {"time", []int{genericTime}},
	},
	begin: func() rowReader {
		var e event
		return func(v []string, has []bool, put func(*event) error) error {
			e.who, e.visitor = v[genericSession], false
			if !has[genericSession] {
				e.who, e.visitor = v[genericVisitor], true
			}
			e.item, e.time = v[genericItem], v[genericTime]
			e.signs = signs{
				device: v[genericDevice], agent: v[genericAgent], country: v[genericCountry],
				medium: v[genericMedium], referrer: v[genericReferrer], refers: has[genericReferrer],
			}
			return put(&e)
		}
	},
}
