package worker_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bojanz/currency"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// Prices are what Intl writes, in each language and currency that the tables have, and in others; but that of workerd does not know some languages,
// which it takes for English or none, and has Swiss ones from before CLDR 48.
func TestPrices(t *testing.T) {
	src := pack.Source{
		Site: "https://shop.example", Policy: pack.DefaultPolicy(),
		Languages:  strings.Fields("bg ca cs da de el es et fi fr he hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sv th tr uk vi zh"),
		Currencies: append(currency.GetCurrencyCodes(), "XYZ"),
		Items:      []pack.Item{{ID: "a", Title: "A", URL: "/a"}},
		Slots:      []pack.Slot{{Name: "next", Kinds: pack.AllKinds, Size: 1, Layer: 1}},
	}
	unknown := strings.Fields("az cy eu ga gl hy is ka kk mn nn uz zu")
	src.Languages = append(src.Languages, unknown...)
	if testing.Short() {
		src.Currencies = strings.Fields("EUR USD GBP CHF JPY SEK PLN KWD UAH PHP")
	}
	data, err := pack.Write(src)
	require.NoError(t, err)
	known := tables(t, data, time.Now())
	ask := probeWith(t, data, known)
	languages := []string{"", "NL-be", "de-DE-1996", "en-IN", "ar", "mr", "xx", "x", "a-b", "constructor"}
	for key := range known.Prices {
		if language, _, _ := strings.Cut(key, " "); !slices.Contains(languages, language) {
			languages = append(languages, language)
		}
	}
	require.Greater(t, len(languages), 80)
	for _, code := range append(src.Currencies, "eur", "E1R", "") {
		var answers []struct {
			Language, Got, Want string
			Price               uint32
			Asked               bool
		}
		answer := ask("/prices", map[string]any{
			"languages": languages, "currency": code, "prices": []uint32{5, 123456, 123456789, rand.Uint32()},
		})
		require.NoError(t, json.Unmarshal([]byte(answer), &answers), answer)
		for _, a := range answers {
			_, has := known.Prices[strings.ToLower(a.Language)+" "+strings.ToUpper(code)]
			if language, region, _ := strings.Cut(strings.ToLower(a.Language), "-"); region == "ch" && language != "fr" || region == "li" {
				a.Want = strings.ReplaceAll(a.Want, "’", "'")
			} else if has && slices.Contains(unknown, language) {
				a.Want = a.Got
			}
			if a.Got != a.Want || has && a.Asked {
				t.Errorf("%s %s %d: got %q, want %q; Intl was asked: %t", a.Language, code, a.Price, a.Got, a.Want, a.Asked)
			}
		}
	}
}

// The time in zones is what Intl says that it is, in the time that the tables have and outside it.
func TestZones(t *testing.T) {
	data := shop(t)
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	known := tables(t, data, now)
	ask := probeWith(t, data, known)
	from, until := time.UnixMilli(known.Zones.FromMS), time.UnixMilli(known.Zones.UntilMS)
	assert.False(t, from.After(now))
	assert.True(t, until.After(now.AddDate(1, 1, 0)))
	var days []int64
	for at := from; at.Before(until); at = at.Add(5*24*time.Hour + 15*time.Minute) {
		days = append(days, at.UnixMilli())
	}
	type answer struct {
		Zone         string
		Known, Asked bool
		Differ       []int64
	}
	of := func(zones []string, times []int64) (all []answer) {
		got := ask("/zones", map[string]any{"zones": zones, "times": times})
		require.NoError(t, json.Unmarshal([]byte(got), &all), got)
		return all
	}
	zones := 0
	for line := range strings.Lines(known.Zones.Offsets) {
		names, numbers, _ := strings.Cut(line, "=")
		times := slices.Clone(days)
		for k, number := range strings.Fields(numbers) {
			if k%2 == 1 {
				changes, err := strconv.ParseInt(number, 10, 64)
				require.NoError(t, err)
				times = append(times, changes*900_000-1, changes*900_000)
			}
		}
		for _, a := range of(strings.Fields(names), times) {
			zones++
			assert.True(t, a.Known, a.Zone)
			assert.Empty(t, a.Differ, a.Zone)
			assert.False(t, a.Asked, a.Zone)
		}
	}
	assert.Greater(t, zones, 400)
	outside := []int64{0, from.UnixMilli() - 1, until.UnixMilli(), until.AddDate(0, 5, 3).UnixMilli()}
	for _, a := range of([]string{"Europe/Amsterdam", "Asia/Kathmandu", "UTC", "europe/amsterdam"}, outside) {
		assert.True(t, a.Known && a.Asked, a.Zone)
		assert.Empty(t, a.Differ, a.Zone)
	}
	for _, a := range of([]string{"", "4", "=4", "+01:00", "Mars/Phobos", "Europe/Amsterdam Europe/Berlin"}, days[:1]) {
		assert.False(t, a.Known, a.Zone)
	}
}
