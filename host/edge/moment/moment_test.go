package moment_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/edge/moment"
)

type vectors struct {
	Configs map[string]struct {
		Classes   []string   `json:"classes"`
		Regions   [][]string `json:"regions"`
		Languages []string   `json:"languages"`
		Variants  int        `json:"variants"`
		Vary      string     `json:"vary"`
		Error     string     `json:"error"`
	} `json:"configs"`
	Cases []struct {
		Name    string            `json:"name"`
		Config  string            `json:"config"`
		Headers map[string]string `json:"headers"`
		Host    string            `json:"host"`
		Zone    string            `json:"zone"`
		Country string            `json:"country"`
		Now     time.Time         `json:"now"`
		Class   string            `json:"class"`
	} `json:"cases"`
}

func read(t *testing.T) (v vectors) {
	data, err := os.ReadFile("../../../wasm/edge/testdata/classes.json")
	require.NoError(t, err)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&v))
	return v
}

func (v vectors) config(name string) *moment.Config {
	c := v.Configs[name]
	return &moment.Config{Classes: c.Classes, Regions: c.Regions, Languages: c.Languages}
}

func TestConfigs(t *testing.T) {
	v := read(t)
	for name, want := range v.Configs {
		c := v.config(name)
		if want.Error != "" {
			assert.EqualError(t, c.Check(), want.Error, name)
			continue
		}
		assert.NoError(t, c.Check(), name)
		assert.Equal(t, want.Variants, c.Variants(), name)
		assert.Equal(t, want.Vary, strings.Join(c.Vary(), ", "), name)
	}
}

func TestClasses(t *testing.T) {
	v := read(t)
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "http://"+c.Host+":8080/", nil)
			for name, value := range c.Headers {
				r.Header.Set(name, value)
			}
			config := v.config(c.Config)
			require.NoError(t, config.Check())
			got := config.Of(moment.Of(r, c.Zone, c.Country), c.Now)
			assert.Equal(t, c.Class, got.String())
			assert.True(t, config.Has(got))
			parsed, err := moment.Parse(c.Class)
			assert.NoError(t, err)
			assert.Equal(t, got, parsed)
		})
	}
}

// TestOnlyWhatCountsIsRead: of a request no header is looked at but those that a page may vary by.
func TestOnlyWhatCountsIsRead(t *testing.T) {
	v := read(t)
	for name, want := range v.Configs {
		if want.Error != "" {
			continue
		}
		c := v.config(name)
		c.Of(moment.Request{Zone: "UTC", Country: "NL", Header: func(header string) string {
			assert.Contains(t, c.Vary(), header, name)
			return ""
		}}, time.Now())
	}
}

// TestNoMoreClasses: whatever requests say, there are no more classes than Variants, and Has knows all of them.
func TestNoMoreClasses(t *testing.T) {
	v := read(t)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	for name, want := range v.Configs {
		if want.Error != "" {
			continue
		}
		c := v.config(name)
		seen := map[moment.Class]bool{}
		for range 3000 {
			headers := map[string]string{
				"Sec-CH-UA-Mobile": one("", "?0", "?1", "?2"),
				"Sec-GPC":          one("", "", "0", "1"),
				"Referer":          one("", "https://a.example/", "https://google.com/", "https://t.co", "https://mail.a.example/", "https://own.example/", "%"),
				"Accept-Language":  one("", "en", "nl-BE", "de;q=0.1", "fr, en", "pt-br", "x"),
			}
			class := c.Of(moment.Request{
				Header: func(name string) string { return headers[name] }, Host: "own.example",
				Zone: one("", "UTC", "Asia/Tokyo", "x"), Country: one("", "NL", "BE", "de", "XX"),
			}, time.Unix(random.Int64N(1<<32), 0))
			seen[class] = true
			assert.True(t, c.Has(class), "%s: %s, seed %d", name, class, seed)
		}
		assert.LessOrEqual(t, len(seen), c.Variants(), name)
		for class := range seen {
			for _, other := range []moment.Class{class, {Daypart: class.Daypart}, {Device: 8}, {Region: 9}, {Region: 17}, {Referrer: 23}, {Language: 200}} {
				if other != class && c.Has(other) {
					assert.Contains(t, seen, other, name)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, s := range []string{"", "1", "1.2.3.4.5", "1.2.3.4.5.6.7", "1.2.3.4.5.256", "01.5.7.0.0.0", "+1.5.7.0.0.0", "a.5.7.0.0.0", "1.5.7.0.0.", " 1.5.7.0.0.0"} {
		_, err := moment.Parse(s)
		assert.Error(t, err, s)
	}
}

func TestLeft(t *testing.T) {
	for _, c := range []struct{ name, zone, now, left string }{
		{"no zone", "", "2026-03-04T08:00:00Z", "0s"},
		{"a morning", "UTC", "2026-03-04T08:00:00Z", "4h0m0s"},
		{"an evening's last second", "UTC", "2026-03-04T23:59:59Z", "1s"},
		{"the clocks go forward", "Europe/Amsterdam", "2026-03-28T23:00:00Z", "5h0m0s"},
		{"the clocks go back", "Europe/Amsterdam", "2026-10-24T22:00:00Z", "7h0m0s"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		require.NoError(t, err)
		assert.Equal(t, c.left, moment.Left(c.zone, now).String(), c.name)
	}
}
