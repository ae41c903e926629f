package learn

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

const (
	phoneAgent   = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	tabletAgent  = "Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
	desktopAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
	cubotAgent   = "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 21) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
	botAgent     = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
)

func TestContextOfSessions(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	regions := map[string]pack.Class{"NL": pack.Region1, "be": pack.Region1 + 1}
	const head = "session_id,item_id,time,device,user_agent,country,medium,referrer\n"
	for _, test := range []struct {
		name, text string
		zone       *time.Location
		want       Context
	}{
		{"nothing is said", "session_id,item_id,time\n1,a,1767261600\n", nil, Context{}},
		{"of a Unix time in a zone", "session_id,item_id,time\n1,a,1767261600\n", amsterdam, // Thursday, 11:00
			Context{Daypart: pack.Morning, Day: pack.Weekday}},
		{"of a time that names no zone", "session_id,item_id,time\n1,a,2026-01-04 23:30:00\n", amsterdam,
			Context{Daypart: pack.Evening, Day: pack.Weekend}},
		{"of a time that names its zone", "session_id,item_id,time\n1,a,2026-01-04T23:30:00+09:00\n", nil,
			Context{Daypart: pack.Evening, Day: pack.Weekend}},
		{"UTC is nobody's zone", "session_id,item_id,time\n1,a,2026-01-04T23:30:00Z\n", nil, Context{}},
		{"the shop's zone goes before UTC", "session_id,item_id,time\n1,a,2026-01-04T23:30:00Z\n", amsterdam,
			Context{Daypart: pack.Night, Day: pack.Weekday}},
		{"of the first event alone", head + "1,a,1,mobile,,NL,email,\n1,b,2,desktop,,BE,organic,\n", nil,
			Context{Device: pack.Phone, Region: pack.Region1, Referrer: pack.ReferrerMail}},
		{"of a browser, and a country by its name", head + `1,a,1,,"` + phoneAgent + `",Belgium,,` + "\n", nil,
			Context{Device: pack.Phone, Region: pack.Region1 + 1, Referrer: pack.ReferrerNone}},
		{"of a page before", head + "1,a,1,,,,,https://www.google.nl/search?q=tent\n", nil, Context{Referrer: pack.ReferrerSearch}},
		{"none where the log has a column", head + "1,a,1,,,,,\n", nil, Context{Referrer: pack.ReferrerNone}},
		{"in JSON", `{"session": 1, "item": "a", "time": 5, "device": "Tablet", "country": "nl", "referrer": "https://out.example/"}`, nil,
			Context{Device: pack.Tablet, Region: pack.Region1, Referrer: pack.ReferrerOther}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, _, err := Read(context.Background(), []string{logOf(t, "log", test.text)}, ReadOptions{Now: now, Zone: test.zone, Regions: regions})
			require.NoError(t, err)
			require.Equal(t, 1, v.Sessions())
			assert.Equal(t, test.want, v.Context(0))
		})
	}
}

func TestReferrerClass(t *testing.T) {
	for _, test := range []struct {
		name string
		of   signs
		want pack.Class
	}{
		{"nothing is said", signs{}, 0},
		{"an empty referrer", signs{refers: true}, pack.ReferrerNone},
		{"a log's hyphen", signs{refers: true, referrer: "-"}, pack.ReferrerNone},
		{"a search engine", signs{referrer: "https://www.bing.com/"}, pack.ReferrerSearch},
		{"a host alone", signs{referrer: "duckduckgo.com"}, pack.ReferrerSearch},
		{"a social network", signs{referrer: "https://l.instagram.com/?u=x"}, pack.ReferrerSocial},
		{"mail before search", signs{referrer: "https://mail.google.com/"}, pack.ReferrerMail},
		{"any other page", signs{referrer: "https://blog.example/tents"}, pack.ReferrerOther},
		{"the site's own page", signs{referrer: "https://shop.example/a", host: "shop.example", refers: true}, 0},
		{"what is no URL", signs{referrer: "x", refers: true}, 0},
		{"organic", signs{medium: "organic", referrer: "https://blog.example/"}, pack.ReferrerSearch},
		{"paid search", signs{medium: "cpc", source: "google"}, pack.ReferrerSearch},
		{"paid on a social network", signs{medium: "cpc", source: "facebook"}, pack.ReferrerSocial},
		{"email", signs{medium: "E-Mail"}, pack.ReferrerMail},
		{"social", signs{medium: "paid_social"}, pack.ReferrerSocial},
		{"direct", signs{medium: "(none)"}, pack.ReferrerNone},
		{"referral by a host", signs{medium: "referral", source: "m.facebook.com"}, pack.ReferrerSocial},
		{"referral by a name", signs{medium: "referral", source: "google"}, pack.ReferrerSearch},
		{"an affiliate", signs{medium: "affiliate"}, pack.ReferrerOther},
		{"not set", signs{medium: "(not set)"}, 0},
	} {
		assert.Equal(t, test.want, referrerClass(&test.of, nil), test.name)
	}
}

func TestAgent(t *testing.T) {
	for text, want := range map[string]agent{
		phoneAgent: {device: pack.Phone}, tabletAgent: {device: pack.Tablet}, desktopAgent: {device: pack.Desktop},
		cubotAgent: {device: pack.Phone}, botAgent: {bot: true}, "": {}, "curl/8.5.0": {bot: true}, "python-requests/2.31": {bot: true},
		"Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) Version/16.6 Mobile/15E148 Safari/604.1": {device: pack.Tablet},
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) HeadlessChrome/120.0.0.0 Safari/537.36":      {bot: true},
	} {
		assert.Equal(t, want, agents{}.of(text), text)
	}
}

func TestClock(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	for _, test := range []struct {
		text string
		zone *time.Location
		utc  bool
		want moment
	}{
		{"1700000000", nil, false, moment{unix: 1700000000}},
		{" 1700000000.75 ", nil, false, moment{unix: 1700000000}},
		{"1700000000123", nil, false, moment{unix: 1700000000}},
		{"1700000000123456", nil, false, moment{unix: 1700000000}},
		{"1.7e9", nil, false, moment{unix: 1700000000}},
		{"20260105", nil, false, moment{unix: 1767571200}},
		{"20261305", nil, false, moment{unix: 20261305}},
		{"2026-01-05", nil, false, moment{unix: 1767571200}},
		{"2026-01-05 10:00:00", nil, false, moment{unix: 1767607200}},
		{"2026-01-05 10:00:00.250", nil, false, moment{unix: 1767607200}},
		{"2026-01-05 10:00:00", amsterdam, false, moment{unix: 1767603600}},
		{"2026-01-05 10:00:00", amsterdam, true, moment{unix: 1767607200}},
		{"2026-01-05 10:00:00 UTC", amsterdam, false, moment{unix: 1767607200}},
		{"2026-01-05T10:00:00+02:00", nil, false, moment{unix: 1767600000, east: 7200}},
		{"2026-01-05 10:00:00 -0500", nil, false, moment{unix: 1767625200, east: -18000}},
		{"2026-01-05T10:00:00Z", nil, false, moment{unix: 1767607200}},
	} {
		m, err := clock{test.zone}.parse(test.text, test.utc)
		require.NoError(t, err, test.text)
		assert.Equal(t, test.want, m, test.text)
	}
}
