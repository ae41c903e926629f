package demo

import (
	"regexp"
	"strings"
	"testing"
)

func TestPictures(t *testing.T) {
	title := regexp.MustCompile(`<title>.*</title>`)
	foreign := regexp.MustCompile(`<(?i:script|style|image|use|foreignobject|a)\b|\bon[a-z]+=|href|url\(|data:|<!|<\?|"[^"]*(?:NaN|Inf)[^"]*"`)
	drawings := map[string]string{} // by language and what is drawn
	for _, item := range items(t) {
		svg, ok := Picture(item.ID)
		if !ok {
			t.Errorf("%s has no picture", item.ID)
			continue
		}
		text := string(svg)
		wellFormed(t, item.ID, svg)
		if !strings.HasPrefix(text, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" role="img"`) ||
			!title.MatchString(text) || len(svg) > 16<<10 {
			t.Errorf("%s: %d bytes, %.80s", item.ID, len(svg), text)
		}
		if found := foreign.FindString(text); found != "" {
			t.Errorf("%s: %q in the picture", item.ID, found)
		}
		_, drawing, _ := strings.Cut(text, "</title>")
		if other := drawings[item.Language+drawing]; other != "" {
			t.Errorf("%s and %s have the same picture", item.ID, other)
		}
		drawings[item.Language+drawing] = item.ID
		if other, _ := Translation(item.ID); item.Language == "nl" {
			if english, _ := Picture(other); !strings.HasSuffix(string(english), drawing) {
				t.Errorf("%s and %s are drawn differently", item.ID, other)
			}
		}
	}
	if _, ok := Picture("en/none"); ok {
		t.Error("an unknown id has a picture")
	}
}

// TestPicturesDifferWithoutBackdrop holds drawings apart by what they show: a backdrop differs by item alone.
func TestPicturesDifferWithoutBackdrop(t *testing.T) {
	specs := map[string]string{}
	for _, e := range mustLoad().entries {
		if other := specs[e.draw]; other != "" {
			t.Errorf("%s and %s are both drawn as %q", e.key, other, e.draw)
		}
		specs[e.draw] = e.key
	}
}

func TestDrawRefuses(t *testing.T) {
	for _, spec := range []string{"", "unicorn", "bike c=invisible", "page unicorn", "versus tone=teal tent + unicorn", "versus tent"} {
		e := entry{draw: spec, topics: []string{"bikes"}}
		if drawing, err := draw(&e); err == nil {
			t.Errorf("%q is drawn as %.60s", spec, drawing)
		}
	}
}

func TestMix(t *testing.T) {
	for _, c := range []struct {
		a, b string
		part float64
		want string
	}{
		{"#000000", "#ffffff", 0, "#000000"},
		{"#000000", "#ffffff", 1, "#ffffff"},
		{"#102030", "#304050", 0.5, "#203040"},
	} {
		if got := mix(c.a, c.b, c.part); got != c.want {
			t.Errorf("mix(%s, %s, %v) = %s, want %s", c.a, c.b, c.part, got, c.want)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	for b.Loop() {
		Picture("en/touring-bike-kwelder-verte")
	}
}
