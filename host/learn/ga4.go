package learn

import "encoding/json"

// ga4Mark is by what GA4's export is recognised.
const ga4Mark = "event_name, event_timestamp and user_pseudo_id"

func tellsGA4(has func(string) bool) bool {
	return has("event_name") && has("event_timestamp") && has("user_pseudo_id")
}

// ga4Objects is GA4's export to BigQuery (support.google.com/analytics/answer/7029846) as JSON Lines, ga4Columns the same as Parquet.
var (
	ga4Objects = format{
		name: "ga4", what: "GA4's export to BigQuery, as JSON Lines or Parquet", mark: ga4Mark, tells: tellsGA4, unsorted: true,
		object: func() objectReader {
			return func(text []byte, put func(*event) error) error {
				var o ga4Object
				if err := json.Unmarshal(text, &o); err != nil {
					return notAsDocumented(err)
				}
				e := o.event()
				return e.put(put)
			}
		},
	}
	ga4Columns = format{
		name: "ga4", what: ga4Objects.what, mark: ga4Mark, tells: tellsGA4, unsorted: true, nested: newGA4Columns,
	}
)

// ga4Event is what of an event is read.
type ga4Event struct {
	name, time, user, device, country string
	params                            ga4Params
	// collected, session and first are medium and source of the event, of the session and of the user's first session.
	collected, session, first [2]string
	items                     []named
}

// ga4Params are parameters of an event.
type ga4Params struct{ session, number, page, referrer, medium, source string }

func (p *ga4Params) set(key, value string) {
	switch key {
	case "ga_session_id":
		p.session = value
	case "ga_session_number":
		p.number = value
	case "page_location":
		p.page = value
	case "page_referrer":
		p.referrer = value
	case "medium":
		p.medium = value
	case "source":
		p.source = value
	}
}

// put gives the event on: one for each of its items, if it is about items, and one of the visit if it is not.
func (g *ga4Event) put(put func(*event) error) error {
	e := event{who: g.user, time: g.time, visitor: g.params.session == "", nameless: g.user == "", again: againLater}
	if !e.visitor {
		e.who += "." + g.params.session
	}
	e.signs = signs{
		device: g.device, country: g.country, referrer: g.params.referrer, host: hostOf(g.params.page),
		refers: g.name == "page_view" || g.name == "session_start",
	}
	// What a user first came by is of the first session alone.
	if g.params.number != "1" {
		g.first = [2]string{}
	}
	for _, by := range [][2]string{g.collected, {g.params.medium, g.params.source}, g.session, g.first} {
		if by[0] != "" {
			e.medium, e.source = by[0], by[1]
			break
		}
	}
	switch g.name {
	case "view_item":
	case "add_to_cart", "add_to_wishlist", "purchase", "ecommerce_purchase":
		e.again = againNever
	case "page_view":
		e.url, e.page = g.params.page, true
		return put(&e)
	default:
		return put(&e)
	}
	for k := range g.items {
		e.named, e.more = g.items[k], k > 0
		if err := put(&e); err != nil {
			return err
		}
	}
	if len(g.items) == 0 {
		return put(&e)
	}
	return nil
}

// ga4Item returns what an item is called. GA4 writes "(not set)" for nothing.
func ga4Item(id, title string) named {
	const none = "(not set)"
	if id == none {
		id = ""
	}
	if title == none {
		title = ""
	}
	return named{id: id, title: title}
}

// ga4Object is an event as JSON has it: numbers may be texts.
type ga4Object struct {
	Name   string `json:"event_name"`
	Time   text   `json:"event_timestamp"`
	User   text   `json:"user_pseudo_id"`
	Params []struct {
		Key   string `json:"key"`
		Value struct {
			String text `json:"string_value"`
			Int    text `json:"int_value"`
		} `json:"value"`
	} `json:"event_params"`
	Items []struct {
		ID   text `json:"item_id"`
		Name text `json:"item_name"`
	} `json:"items"`
	Device struct {
		Category string `json:"category"`
	} `json:"device"`
	Geo struct {
		Country string `json:"country"`
	} `json:"geo"`
	Collected struct {
		Medium string `json:"manual_medium"`
		Source string `json:"manual_source"`
	} `json:"collected_traffic_source"`
	Session struct {
		Manual struct {
			Medium string `json:"medium"`
			Source string `json:"source"`
		} `json:"manual_campaign"`
	} `json:"session_traffic_source_last_click"`
	First struct {
		Medium string `json:"medium"`
		Source string `json:"source"`
	} `json:"traffic_source"`
}

func (o *ga4Object) event() ga4Event {
	e := ga4Event{
		name: o.Name, time: string(o.Time), user: string(o.User), device: o.Device.Category, country: o.Geo.Country,
		collected: [2]string{o.Collected.Medium, o.Collected.Source},
		session:   [2]string{o.Session.Manual.Medium, o.Session.Manual.Source},
		first:     [2]string{o.First.Medium, o.First.Source},
	}
	for k := range o.Params {
		p := &o.Params[k]
		value := p.Value.String
		if value == "" {
			value = p.Value.Int
		}
		e.params.set(p.Key, string(value))
	}
	for _, it := range o.Items {
		e.items = append(e.items, ga4Item(string(it.ID), string(it.Name)))
	}
	return e
}

// Columns of GA4's export as Parquet.
const (
	ga4Name = iota
	ga4Time
	ga4User
	ga4DeviceCategory
	ga4Country
	ga4ParamKey
	ga4ParamString
	ga4ParamInt
	ga4ItemID
	ga4ItemName
	ga4CollectedMedium
	ga4CollectedSource
	ga4SessionMedium
	ga4SessionSource
	ga4FirstMedium
	ga4FirstSource
)

func newGA4Columns() nestedReader {
	return nestedReader{
		columns: []string{
			ga4Name: "event_name", ga4Time: "event_timestamp", ga4User: "user_pseudo_id",
			ga4DeviceCategory: "device.category", ga4Country: "geo.country",
			ga4ParamKey: "event_params.key", ga4ParamString: "event_params.value.string_value", ga4ParamInt: "event_params.value.int_value",
			ga4ItemID: "items.item_id", ga4ItemName: "items.item_name",
			ga4CollectedMedium: "collected_traffic_source.manual_medium", ga4CollectedSource: "collected_traffic_source.manual_source",
			ga4SessionMedium: "session_traffic_source_last_click.manual_campaign.medium",
			ga4SessionSource: "session_traffic_source_last_click.manual_campaign.source",
			ga4FirstMedium:   "traffic_source.medium", ga4FirstSource: "traffic_source.source",
		},
		row: func(v [][]string, put func(*event) error) error {
			one := func(column int) string { return valueAt(v[column], 0) }
			e := ga4Event{
				name: one(ga4Name), time: one(ga4Time), user: one(ga4User), device: one(ga4DeviceCategory), country: one(ga4Country),
				collected: [2]string{one(ga4CollectedMedium), one(ga4CollectedSource)},
				session:   [2]string{one(ga4SessionMedium), one(ga4SessionSource)},
				first:     [2]string{one(ga4FirstMedium), one(ga4FirstSource)},
			}
			for k, key := range v[ga4ParamKey] {
				value := valueAt(v[ga4ParamString], k)
				if value == "" {
					value = valueAt(v[ga4ParamInt], k)
				}
				e.params.set(key, value)
			}
			for k := range max(len(v[ga4ItemID]), len(v[ga4ItemName])) {
				if it := ga4Item(valueAt(v[ga4ItemID], k), valueAt(v[ga4ItemName], k)); it != (named{}) {
					e.items = append(e.items, it)
				}
			}
			return e.put(put)
		},
	}
}
