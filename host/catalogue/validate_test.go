package catalogue_test

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

var (
	tag          = regexp.MustCompile(`<[A-Za-z/!?]`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-[0-9]{3})?$`)
)

// validate checks what Item documents, and returns what does not hold.
func validate(it catalogue.Item) error {
	var wrong []string
	fail := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if it.ID == "" || len(it.ID) > pack.MaxString || !utf8.ValidString(it.ID) || strings.TrimSpace(it.ID) != it.ID ||
		strings.ContainsFunc(it.ID, unseen) {
		fail("id %q", it.ID)
	}
	for name, ref := range map[string]string{"url": it.URL, "image": it.Image} {
		if err := validateReference(ref); err != nil {
			fail("%s %q: %v", name, ref, err)
		}
	}
	text := func(name, s string, max int) {
		if len(s) > max || !utf8.ValidString(s) || strings.ContainsFunc(s, unseen) {
			fail("%s %q has what cannot be seen, or is long", name, s)
		}
		if s != strings.Join(strings.Fields(s), " ") {
			fail("%s %q is not folded", name, s)
		}
		if tag.MatchString(s) {
			fail("%s %q has markup", name, s)
		}
	}
	if it.Title == "" {
		fail("no title")
	}
	text("title", it.Title, pack.MaxString)
	text("description", it.Description, pack.MaxString)
	text("brand", it.Brand, pack.MaxString)
	for _, path := range it.Topics {
		if len(path) == 0 {
			fail("empty topic")
		}
		for _, step := range path {
			if step == "" {
				fail("empty step")
			}
			text("topic", step, pack.MaxString)
		}
	}
	for _, a := range it.Attributes {
		if a.Name == "" || a.Value == "" {
			fail("attribute %q = %q", a.Name, a.Value)
		}
		text("attribute's name", a.Name, 64)
		text("attribute's value", a.Value, 512)
	}
	if it.Price.Minor < 0 || it.Price.Minor > math.MaxUint32 || (it.Price.Minor == 0 && it.Price.Currency != "") {
		fail("price %v", it.Price)
	}
	if c := it.Price.Currency; c != "" {
		if unit, err := currency.ParseISO(c); err != nil || unit.String() != c {
			fail("currency %q", c)
		}
	}
	if it.Language != "" && !languageForm.MatchString(it.Language) {
		fail("language %q", it.Language)
	}
	if it.Popularity < 0 || math.IsNaN(it.Popularity) || math.IsInf(it.Popularity, 0) {
		fail("popularity %v", it.Popularity)
	}
	if it.Kind >= pack.KindCount || it.Availability > pack.OnOrder || it.TaxonomyID < 0 {
		fail("kind %d, availability %d, taxonomy %d", it.Kind, it.Availability, it.TaxonomyID)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("item %q: %s", it.ID, strings.Join(wrong, "; "))
	}
	return nil
}

func validateReference(ref string) error {
	if ref == "" {
		return nil
	}
	if len(ref) > pack.MaxString {
		return fmt.Errorf("it is %d bytes long", len(ref))
	}
	for _, c := range ref {
		if c <= ' ' || c >= 0x7f || strings.ContainsRune("\\\"<>", c) {
			return fmt.Errorf("it holds %q", c)
		}
	}
	u, err := url.Parse(ref)
	switch {
	case err != nil:
		return err
	case u.User != nil || u.Opaque != "":
		return fmt.Errorf("it has a user or no host")
	case u.Scheme == "" && u.Host == "" && strings.HasPrefix(ref, "/") && !strings.HasPrefix(ref, "//"):
		return nil
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return nil
	}
	return fmt.Errorf("it is neither http(s) nor a path")
}

// unseen reports what must not be in text: controls, bidirectional overrides and isolates.
func unseen(c rune) bool {
	return unicode.IsControl(c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
}
