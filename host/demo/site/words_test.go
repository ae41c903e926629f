package site

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestWords checks that both languages say everything, with the same verbs, and in the shop's tone.
func TestWords(t *testing.T) {
	verb := regexp.MustCompile(`%\w`)
	pressing := regexp.MustCompile(`(?i)\b(hurry|only \d|last chance|for you because|we saw|we noticed|wees er snel bij|nog maar|` +
		`wij zagen|we zagen|je|jij|jouw)\b`)
	in, out := reflect.ValueOf(en), reflect.ValueOf(nl)
	for i := range in.NumField() {
		name := in.Type().Field(i).Name
		english, dutch := in.Field(i).String(), out.Field(i).String()
		assert.NotEmpty(t, strings.TrimSpace(english), name)
		assert.NotEmpty(t, strings.TrimSpace(dutch), name)
		assert.Equal(t, verb.FindAllString(english, -1), verb.FindAllString(dutch, -1), name)
		assert.NotRegexp(t, pressing, english+" "+dutch, name)
	}
}

func TestPrices(t *testing.T) {
	dutch, english := openShops()["nl"], openShops()["en"]
	for cents, want := range map[int64][2]string{
		5: {"€\u00a00,05", "€0.05"}, 74900: {"€\u00a0749,00", "€749.00"},
		259905: {"€\u00a02.599,05", "€2,599.05"}, 100000000: {"€\u00a01.000.000,00", "€1,000,000.00"},
	} {
		assert.Equal(t, want, [2]string{dutch.price(cents), english.price(cents)})
	}
}
