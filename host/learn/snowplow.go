package learn

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"strings"
)

// snowplow are the rows of Snowplow's atomic events (docs.snowplow.io, "atomic event properties"): with a header row, as the objects that its
// SDKs make, or as the enriched stream's lines, which have no header.
var snowplow = format{
	name: "snowplow", what: "Snowplow's enriched events: TSV, CSV, JSON Lines or Parquet",
	mark: "collector_tstamp or derived_tstamp, and domain_sessionid or domain_userid; or lines of 131 cells",
	tells: func(has func(string) bool) bool {
		return (has("collector_tstamp") || has("derived_tstamp")) && (has("domain_sessionid") || has("domain_userid"))
	},
	unsorted: true, layout: &snowplowLayout,
}

// Fields of Snowplow's atomic events, and of the entities and self-describing events beside them.
const (
	snowplowSession = iota
	snowplowUser
	snowplowTime
	snowplowEvent
	snowplowURL
	snowplowReferrer
	snowplowMedium
	snowplowSource
	snowplowDevice
	snowplowAgent
	snowplowCountry
	snowplowLabel
	snowplowProperty
	snowplowSKU
	snowplowName
	snowplowContexts
	snowplowUnstruct
	snowplowProducts
	snowplowAction
	snowplowAddToCart
)

var snowplowLayout = layout{
	fields: []field{
		snowplowSession:   {[]string{"domain_sessionid"}},
		snowplowUser:      {[]string{"domain_userid", "network_userid"}},
		snowplowTime:      {[]string{"derived_tstamp", "collector_tstamp"}},
		snowplowEvent:     {[]string{"event"}},
		snowplowURL:       {[]string{"page_url"}},
		snowplowReferrer:  {[]string{"page_referrer"}},
		snowplowMedium:    {[]string{"mkt_medium", "refr_medium"}},
		snowplowSource:    {[]string{"mkt_source", "refr_source"}},
		snowplowDevice:    {[]string{"dvce_type"}},
		snowplowAgent:     {[]string{"useragent"}},
		snowplowCountry:   {[]string{"geo_country"}},
		snowplowLabel:     {[]string{"se_label"}},
		snowplowProperty:  {[]string{"se_property"}},
		snowplowSKU:       {[]string{"ti_sku"}},
		snowplowName:      {[]string{"ti_name"}},
		snowplowContexts:  {[]string{"contexts"}},
		snowplowUnstruct:  {[]string{"unstruct_event"}},
		snowplowProducts:  {[]string{"contexts_com_snowplowanalytics_snowplow_ecommerce_product_1"}},
		snowplowAction:    {[]string{"unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1"}},
		snowplowAddToCart: {[]string{"unstruct_event_com_snowplowanalytics_snowplow_add_to_cart_1"}},
	},
	needs: []need{
		{"session or user", []int{snowplowSession, snowplowUser}}, {"time", []int{snowplowTime}},
	},
	begin: func() rowReader { return new(snowplowRow).read },
}

// snowplowRow is a row at hand.
type snowplowRow struct {
	e        event
	products []snowplowProduct
	action   string
}

// snowplowProduct is a product entity of Snowplow's e-commerce events.
type snowplowProduct struct {
	ID   text `json:"id"`
	SKU  text `json:"sku"` // of the older add_to_cart event
	Name text `json:"name"`
}

func (r *snowplowRow) read(v []string, has []bool, put func(*event) error) error {
	null(v)
	r.e = event{
		who: v[snowplowSession], time: v[snowplowTime], utc: true, again: againLater,
		signs: signs{
			device: v[snowplowDevice], agent: v[snowplowAgent], country: v[snowplowCountry], medium: v[snowplowMedium],
			source: v[snowplowSource], referrer: v[snowplowReferrer], refers: has[snowplowReferrer], host: hostOf(v[snowplowURL]),
		},
	}
	e := &r.e
	if e.who == "" {
		e.who, e.visitor = v[snowplowUser], true
	}
	e.nameless = e.who == ""
	switch v[snowplowEvent] {
	case "page_ping":
		return put(e)
	case "transaction_item":
		e.named, e.again = named{sku: v[snowplowSKU], title: v[snowplowName]}, againNever
		return put(e)
	case "struct":
		// What a site tells in them is its own affair: it counts if the catalogue has it.
		e.named, e.page, e.again = named{id: v[snowplowProperty], sku: v[snowplowLabel]}, true, againNever
		return put(e)
	}
	r.entities(v)
	switch r.action {
	case "product_view":
	case "add_to_cart", "transaction":
		e.again = againNever
	case "":
		if len(r.products) != 1 { // a page that shows several is about none of them
			e.url, e.page = v[snowplowURL], true
			return put(e)
		}
	default:
		return put(e)
	}
	for k := range r.products {
		p := &r.products[k]
		e.named, e.more = named{id: string(p.ID), sku: string(p.SKU), title: string(p.Name)}, k > 0
		if err := put(e); err != nil {
			return err
		}
	}
	if len(r.products) == 0 {
		return put(e)
	}
	return nil
}

// entities looks for products, and for what is done with them. What cannot be read is none.
func (r *snowplowRow) entities(v []string) {
	r.products, r.action = r.products[:0], ""
	type described struct {
		Schema string
		Data   json.RawMessage
	}
	isOf := func(d *described, schema string) bool { return strings.Contains(d.Schema, schema) }
	const (
		product   = "com.snowplowanalytics.snowplow.ecommerce/product/"
		action    = "com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action/"
		addToCart = "com.snowplowanalytics.snowplow/add_to_cart/"
	)
	add := func(text []byte) {
		var p snowplowProduct
		if json.Unmarshal(text, &p) == nil {
			r.products = append(r.products, p)
		}
	}
	do := func(text []byte) {
		var a struct{ Type string }
		if json.Unmarshal(text, &a) == nil {
			r.action = a.Type
		}
	}
	if text := v[snowplowProducts]; text != "" {
		_ = json.Unmarshal([]byte(text), &r.products)
	}
	if text := v[snowplowContexts]; strings.Contains(text, product) {
		var contexts struct{ Data []described }
		_ = json.Unmarshal([]byte(text), &contexts)
		for k := range contexts.Data {
			if d := &contexts.Data[k]; isOf(d, product) {
				add(d.Data)
			}
		}
	}
	if text := v[snowplowAction]; text != "" {
		do([]byte(text))
	}
	if text := v[snowplowAddToCart]; text != "" {
		add([]byte(text))
		r.action = "add_to_cart"
	}
	if text := v[snowplowUnstruct]; text != "" {
		var unstruct struct{ Data described }
		_ = json.Unmarshal([]byte(text), &unstruct)
		switch d := &unstruct.Data; {
		case isOf(d, action):
			do(d.Data)
		case isOf(d, addToCart):
			add(d.Data)
			r.action = cmp.Or(r.action, "add_to_cart")
		}
	}
}

// snowplowColumns are those of the enriched stream (docs.snowplow.io, "enriched TSV format").
var snowplowColumns = strings.Fields(`app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id txn_id name_tracker v_tracker
	v_collector v_etl user_id user_ipaddress user_fingerprint domain_userid domain_sessionidx network_userid geo_country geo_region geo_city
	geo_zipcode geo_latitude geo_longitude geo_region_name ip_isp ip_organization ip_domain ip_netspeed page_url page_title page_referrer
	page_urlscheme page_urlhost page_urlport page_urlpath page_urlquery page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath
	refr_urlquery refr_urlfragment refr_medium refr_source refr_term mkt_medium mkt_source mkt_term mkt_content mkt_campaign contexts
	se_category se_action se_label se_property se_value unstruct_event tr_orderid tr_affiliation tr_total tr_tax tr_shipping tr_city tr_state
	tr_country ti_orderid ti_sku ti_name ti_category ti_price ti_quantity pp_xoffset_min pp_xoffset_max pp_yoffset_min pp_yoffset_max useragent
	br_name br_family br_version br_type br_renderengine br_lang br_features_pdf br_features_flash br_features_java br_features_director
	br_features_quicktime br_features_realplayer br_features_windowsmedia br_features_gears br_features_silverlight br_cookies br_colordepth
	br_viewwidth br_viewheight os_name os_family os_manufacturer os_timezone dvce_type dvce_ismobile dvce_screenwidth dvce_screenheight
	doc_charset doc_width doc_height tr_currency tr_total_base tr_tax_base tr_shipping_base ti_currency ti_price_base base_currency geo_timezone
	mkt_clickid mkt_network etl_tags dvce_sent_tstamp refr_domain_userid refr_dvce_tstamp derived_contexts domain_sessionid derived_tstamp
	event_vendor event_name event_format event_version event_fingerprint true_tstamp`)

// isSnowplowLine reports whether a line is one of the enriched stream.
func isSnowplowLine(line []byte) bool {
	return bytes.Count(line, []byte("\t")) == len(snowplowColumns)-1 && !bytes.HasPrefix(line, []byte(snowplowColumns[0]+"\t"))
}

// readSnowplowLines reads the enriched stream.
func readSnowplowLines(in *bufio.Reader, s *sessioniser) error {
	r := newTableReader(in)
	r.Comma, r.LazyQuotes = '\t', true
	return readRows(r, snowplowColumns, snowplow.name, s)
}
