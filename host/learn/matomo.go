package learn

import (
	"encoding/json"
	"strings"
)

// matomoVisits are what Matomo's Live.getLastVisitsDetails answers, an array of visits or one a line; matomoRows are rows of its table of
// actions (developer.matomo.org/guides/database-schema), joined with what they name by number:
//
//	SELECT v.idvisit, HEX(v.idvisitor) AS idvisitor, a.server_time, u.name AS url, s.name AS product_sku,
//	       v.config_device_type, v.location_country, v.referer_type, v.referer_url
//	FROM matomo_log_link_visit_action a JOIN matomo_log_visit v USING (idvisit)
//	LEFT JOIN matomo_log_action u ON u.idaction = a.idaction_url
//	LEFT JOIN matomo_log_action s ON s.idaction = a.idaction_product_sku
var (
	matomoVisits = format{
		name: "matomo", what: "Matomo's Live.getLastVisitsDetails, or rows of its table of actions",
		mark:  "idVisit and actionDetails; or idvisit and server_time",
		tells: func(has func(string) bool) bool { return has("idVisit") && has("actionDetails") }, unsorted: true,
		object: func() objectReader {
			return func(text []byte, put func(*event) error) error {
				var v matomoVisit
				if err := json.Unmarshal(text, &v); err != nil {
					return notAsDocumented(err)
				}
				return v.put(put)
			}
		},
	}
	matomoRows = format{
		name: "matomo", what: matomoVisits.what, mark: matomoVisits.mark,
		tells: func(has func(string) bool) bool { return has("idvisit") && has("server_time") }, unsorted: true,
		layout: &matomoLayout,
	}
)

// matomoVisit is what of a visit is read.
type matomoVisit struct {
	ID           text   `json:"idVisit"`
	DeviceType   string `json:"deviceType"`
	CountryCode  string `json:"countryCode"`
	ReferrerType string `json:"referrerType"`
	ReferrerURL  text   `json:"referrerUrl"`
	ReferrerName text   `json:"referrerName"`
	Actions      []struct {
		Type string `json:"type"`
		URL  text   `json:"url"`
		Time text   `json:"timestamp"`
		SKU  text   `json:"productViewSku"`
		// Some versions call it so.
		ProductSKU text `json:"productSku"`
		Items      []struct {
			SKU  text `json:"itemSKU"`
			Name text `json:"itemName"`
		} `json:"itemDetails"`
	} `json:"actionDetails"`
}

func (v *matomoVisit) put(put func(*event) error) error {
	e := event{who: string(v.ID)}
	e.signs = signs{
		device: v.DeviceType, country: v.CountryCode, medium: v.ReferrerType, source: string(v.ReferrerName), referrer: string(v.ReferrerURL),
	}
	for k := range v.Actions {
		a := &v.Actions[k]
		e.time, e.host, e.more, e.page, e.again = string(a.Time), hostOf(string(a.URL)), false, false, againLater
		switch e.named = (named{sku: string(a.SKU), url: string(a.URL)}); {
		case e.sku == "" && a.ProductSKU != "":
			e.sku = string(a.ProductSKU)
		case e.sku == "":
			e.page = true
		}
		if len(a.Items) == 0 {
			if a.Type != "action" {
				e.named = named{} // a download, a link to elsewhere, a search, …
			}
			if err := put(&e); err != nil {
				return err
			}
		}
		e.page, e.again = false, againNever
		for i, it := range a.Items {
			e.named, e.more = named{sku: string(it.SKU), title: string(it.Name)}, i > 0
			if err := put(&e); err != nil {
				return err
			}
		}
	}
	return nil
}

// Fields of Matomo's table of actions.
const (
	matomoVisitID = iota
	matomoTime
	matomoSKU
	matomoTitle
	matomoURL
	matomoDevice
	matomoCountry
	matomoReferrerType
	matomoReferrerURL
)

var matomoLayout = layout{
	fields: []field{
		matomoVisitID:      {[]string{"idvisit"}},
		matomoTime:         {[]string{"server_time"}},
		matomoSKU:          {[]string{"product_sku", "item_sku", "sku"}},
		matomoTitle:        {[]string{"product_name", "item_name"}},
		matomoURL:          {[]string{"url", "page_url", "action_url"}},
		matomoDevice:       {[]string{"config_device_type"}},
		matomoCountry:      {[]string{"location_country"}},
		matomoReferrerType: {[]string{"referer_type"}},
		matomoReferrerURL:  {[]string{"referer_url"}},
	},
	needs: []need{{"SKU or URL of what was viewed (numbers of log_action must be joined with their names)", []int{matomoSKU, matomoURL}}},
	begin: func() rowReader {
		var e event
		return func(v []string, has []bool, put func(*event) error) error {
			null(v)
			e = event{who: v[matomoVisitID], time: v[matomoTime], utc: true, again: againLater}
			e.named = named{sku: v[matomoSKU], title: v[matomoTitle], url: v[matomoURL]}
			if e.url != "" && !strings.Contains(e.url, "://") {
				e.url = "https://" + e.url // it is stored without
			}
			e.page = e.sku == "" && e.title == ""
			e.signs = signs{
				device: matomoDevices[v[matomoDevice]], country: v[matomoCountry], medium: matomoReferrers[v[matomoReferrerType]],
				referrer: v[matomoReferrerURL], host: hostOf(e.url),
			}
			return put(&e)
		}
	},
}

// matomoDevices are the types of devices that have a class, by Matomo's numbers for them.
var matomoDevices = map[string]string{"0": "desktop", "1": "smartphone", "2": "tablet", "3": "feature phone", "10": "phablet"}

// matomoReferrers are Matomo's numbers for types of referrers.
var matomoReferrers = map[string]string{"1": "direct", "2": "search", "3": "", "6": "campaign", "7": "social"}

// null makes nothing of what databases write for it.
func null(values []string) {
	for k, v := range values {
		if v == "NULL" || v == `\N` {
			values[k] = ""
		}
	}
}
