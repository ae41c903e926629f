package demo

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

func items(t *testing.T) []catalogue.Item {
	t.Helper()
	items, err := Items()
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func TestCounts(t *testing.T) {
	kinds := map[string][pack.KindCount]int{}
	sensitive := map[string]int{}
	stock := map[string][4]int{}
	for _, item := range items(t) {
		k := kinds[item.Language]
		k[item.Kind]++
		kinds[item.Language] = k
		if item.Sensitive {
			sensitive[item.Language]++
		}
		a := stock[item.Language]
		a[item.Availability]++
		stock[item.Language] = a
	}
	for _, l := range languages {
		// product, article, guide, review, comparison, help, category
		if want := [pack.KindCount]int{169, 5, 18, 5, 6, 10, 0}; kinds[l] != want {
			t.Errorf("%s: kinds %v, want %v", l, kinds[l], want)
		}
		if want := [4]int{44, 156, 4, 9}; stock[l] != want {
			t.Errorf("%s: availability %v, want %v", l, stock[l], want)
		}
		if sensitive[l] != 7 {
			t.Errorf("%s: %d sensitive items, want 7", l, sensitive[l])
		}
	}
}

func TestItemsAreWhole(t *testing.T) {
	ids, urls, titles := map[string]bool{}, map[string]bool{}, map[string]bool{}
	reference := regexp.MustCompile(`^/(nl|en)/[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, item := range items(t) {
		switch {
		case ids[item.ID] || urls[item.URL] || titles[item.Language+item.Title]:
			t.Errorf("%s: id, URL or title stands twice", item.ID)
		case !reference.MatchString(item.URL) || item.URL != "/"+item.ID:
			t.Errorf("%s: URL %q", item.ID, item.URL)
		case !strings.HasPrefix(item.ID, item.Language+"/"):
			t.Errorf("%s: language %q", item.ID, item.Language)
		case item.Title == "" || len(item.Title) > 90:
			t.Errorf("%s: title %q", item.ID, item.Title)
		case len(item.Topics) == 0 || len(item.Topics) > pack.MaxItemTopics:
			t.Errorf("%s: %d topics", item.ID, len(item.Topics))
		case item.Popularity <= 0:
			t.Errorf("%s: popularity %v", item.ID, item.Popularity)
		case item.Kind == pack.KindProduct && (item.Price.Minor < 100 || item.Price.Currency != "EUR"):
			t.Errorf("%s: price %v", item.ID, item.Price)
		case item.Kind == pack.KindProduct && (item.Brand == "" || len(item.Attributes) < 2 || len(item.Description) < 100):
			t.Errorf("%s: brand %q, %d attributes, description of %d bytes", item.ID, item.Brand,
				len(item.Attributes), len(item.Description))
		case item.Kind != pack.KindProduct && (item.Price.Minor != 0 || item.Brand != "" || item.Description == ""):
			t.Errorf("%s: price %v, brand %q, description %q", item.ID, item.Price, item.Brand, item.Description)
		}
		ids[item.ID], urls[item.URL], titles[item.Language+item.Title] = true, true, true
	}
}

func TestTranslation(t *testing.T) {
	all := map[string]catalogue.Item{}
	for _, item := range items(t) {
		all[item.ID] = item
	}
	for id, item := range all {
		other, ok := Translation(id)
		if !ok || all[other].Language == item.Language {
			t.Errorf("Translation(%q) = %q, %v", id, other, ok)
			continue
		}
		o := all[other]
		if o.Kind != item.Kind || o.Price != item.Price || o.Sensitive != item.Sensitive || len(o.Topics) != len(item.Topics) {
			t.Errorf("%s and %s differ in more than language", id, other)
		}
		if back, _ := Translation(other); back != id {
			t.Errorf("%s is translated back to %s", other, back)
		}
		if o.Description == item.Description {
			t.Errorf("%s has one text for both languages", id)
		}
	}
	if _, ok := Translation("fr/velo"); ok {
		t.Error("an unknown id is translated")
	}
}

func TestEveryTopicHasItems(t *testing.T) {
	used := map[string]bool{}
	for _, item := range items(t) {
		for _, path := range item.Topics {
			for n := range path {
				used[strings.Join(path[:n+1], " > ")] = true
			}
		}
	}
	for _, topic := range mustLoad().topics {
		for _, path := range topic.path {
			if name := strings.Join(path, " > "); !used[name] {
				t.Errorf("nothing is under %q", name)
			}
		}
	}
}

func TestTopics(t *testing.T) {
	for _, l := range languages {
		paths := Topics(l)
		if len(paths) != 51 || len(paths[0]) != 1 {
			t.Errorf("%s: %d topics, the first %v", l, len(paths), paths[0])
		}
		for i, path := range paths {
			if len(path) == 2 && !slices.ContainsFunc(paths[:i], func(p []string) bool { return slices.Equal(p, path[:1]) }) {
				t.Errorf("%v stands before its parent", path)
			}
		}
	}
	if Topics("fr") != nil {
		t.Error("there are topics in a language the shop does not have")
	}
}

func TestPopularityFallsSteeply(t *testing.T) {
	var all []float64
	sum := 0.0
	for _, item := range items(t) {
		all = append(all, item.Popularity)
		sum += item.Popularity
	}
	slices.Sort(all)
	top := 0.0
	for _, p := range all[len(all)*4/5:] {
		top += p
	}
	if share := top / sum; share < 0.45 || share > 0.85 {
		t.Errorf("a fifth of the items has %.0f%% of the popularity", 100*share)
	}
}

func TestSensitiveTopicsAreConfigured(t *testing.T) {
	for _, topic := range mustLoad().topics {
		if !topic.sensitive {
			continue
		}
		for _, path := range topic.path {
			if !bytes.Contains(Config(), []byte(`"`+path[0]+`"`)) {
				t.Errorf("nabij.json does not name %q", path[0])
			}
		}
	}
}

// tone holds what no text of the shop says: that it knows the reader, that something runs out, that time is short.
var tone = regexp.MustCompile(`(?i)we saw|we noticed you|we know you|because you (viewed|looked|bought)|just for you|recommended for you|` +
	`picked for you|you may also|last chance|only \d+ left|hurry|limited (time|offer)|while stocks last|almost gone|selling fast|` +
	`people are (looking|viewing)|don't miss|act now|best seller|!|` +
	`we zagen|wij zagen|omdat u .*(bekeek|kocht)|speciaal voor u|voor u geselecteerd|laatste kans|nog maar \d+|\bop is op\b|` +
	`wees er snel|snel bij|mis (het|dit) niet|bijna uitverkocht|zolang de voorraad|beperkte tijd|anderen bekeken|nu of nooit`)

func TestTone(t *testing.T) {
	for _, e := range mustLoad().entries {
		for l := range languages {
			for _, text := range []string{e.title[l], e.summary[l], e.body[l]} {
				if found := tone.FindString(text); found != "" {
					t.Errorf("%s: %q in %q", e.key, found, text)
				}
			}
		}
	}
}

func TestBody(t *testing.T) {
	tags := regexp.MustCompile(`<[^>]+>`)
	for _, item := range items(t) {
		body, ok := Body(item.ID)
		if ok != (item.Kind != pack.KindProduct) {
			t.Errorf("%s, a %v: has a body: %v", item.ID, item.Kind, ok)
		}
		if !ok {
			continue
		}
		if n := len(strings.Fields(tags.ReplaceAllString(body, " "))); n < 130 || n > 320 {
			t.Errorf("%s: %d words", item.ID, n)
		}
		wellFormed(t, item.ID, []byte("<div>"+body+"</div>"))
		for _, tag := range tags.FindAllString(body, -1) {
			name := strings.Trim(strings.Fields(tag)[0], "</>")
			if !slices.Contains([]string{"h2", "p", "ul", "li", "strong", "a"}, name) {
				t.Errorf("%s: %s", item.ID, tag)
			}
		}
		if strings.Contains(body, "](") || strings.Contains(body, "**") {
			t.Errorf("%s: markup left over", item.ID)
		}
	}
	if _, ok := Body("en/none"); ok {
		t.Error("an unknown id has a body")
	}
}

func TestBodyEscapes(t *testing.T) {
	got := mustLoad().markup("## a <b>\n\n[<i>](bell-ding) & **\"x\"**\n- [none](nowhere)", english)
	want := "<h2>a &lt;b&gt;</h2>\n<p><a href=\"/en/bicycle-bell-stamper-ding\">&lt;i&gt;</a> &amp; <strong>&#34;x&#34;</strong></p>\n" +
		"<ul>\n<li>none</li>\n</ul>\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	s := mustLoad()
	for _, e := range s.entries {
		var targets [2][]string
		for l := range languages {
			for _, m := range link.FindAllStringSubmatch(e.body[l], -1) {
				if _, ok := s.byKey[m[2]]; !ok {
					t.Errorf("%s links to %q", e.key, m[2])
				}
				targets[l] = append(targets[l], m[2])
			}
		}
		if !slices.Equal(targets[dutch], targets[english]) {
			t.Errorf("%s links to %v in Dutch and %v in English", e.key, targets[dutch], targets[english])
		}
	}
}

func TestFeed(t *testing.T) {
	all := items(t)
	both := Feed("")
	if !bytes.Equal(both, append(Feed("nl"), Feed("en")...)) {
		t.Error("the whole feed is not the Dutch and the English one")
	}
	if len(Feed("fr")) != 0 {
		t.Error("there is a feed in a language the shop does not have")
	}
	n := 0
	for in := bufio.NewScanner(bytes.NewReader(both)); in.Scan(); n++ {
		var line map[string]any
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		item := all[n]
		if line["id"] != item.ID || line["title"] != item.Title || line["kind"] != item.Kind.String() ||
			line["language"] != item.Language || line["popularity"] != item.Popularity {
			t.Errorf("line %d is %v, want %v", n+1, line, item)
		}
		if given, _ := line["sensitive"].(bool); given != item.Sensitive {
			t.Errorf("line %d: sensitive %v", n+1, given)
		}
	}
	if n != len(all) {
		t.Errorf("%d lines, want %d", n, len(all))
	}
}

func TestFeedIsReadAsItIs(t *testing.T) {
	want := items(t)
	n := 0
	_, err := catalogue.ReadFrom(t.Context(), "shop.jsonl", bytes.NewReader(Feed("")), catalogue.Options{Strict: true},
		func(got catalogue.Item) error {
			got.Place = catalogue.Place{}
			if n < len(want) && !reflect.DeepEqual(got, want[n]) {
				t.Errorf("got  %+v\nwant %+v", got, want[n])
			}
			n++
			return nil
		})
	if err != nil || n != len(want) {
		t.Errorf("%d items, want %d; %v", n, len(want), err)
	}
}

func TestVisits(t *testing.T) {
	ids := map[string]catalogue.Item{}
	paths := map[string]bool{}
	for _, item := range items(t) {
		ids[item.ID] = item
	}
	for _, topic := range mustLoad().topics {
		for _, path := range topic.path {
			paths[strings.Join(path, " > ")] = true
		}
	}
	kinds := map[string]bool{}
	if len(Visits()) != 14 {
		t.Errorf("%d visits, want 14", len(Visits()))
	}
	for _, name := range Visits() {
		last, n := int64(0), 0
		sensitive := false
		for _, line := range strings.Split(strings.TrimSpace(string(Visit(name))), "\n") {
			var e event
			d := json.NewDecoder(strings.NewReader(line))
			d.DisallowUnknownFields()
			if err := d.Decode(&e); err != nil {
				t.Fatalf("%s: %q: %v", name, line, err)
			}
			if _, ok := core.ParseSignalKind(e.Signal); !ok || e.AtMs < last {
				t.Errorf("%s: %q", name, line)
			}
			if item, ok := ids[e.Item]; e.Item != "" && (!ok || !strings.HasPrefix(name, item.Language+"/")) {
				t.Errorf("%s: %q names no item of the language", name, line)
			}
			if e.Topic != "" && !paths[e.Topic] {
				t.Errorf("%s: %q names no topic", name, line)
			}
			sensitive = sensitive || ids[e.Item].Sensitive
			kinds[e.Signal] = true
			last = e.AtMs
			n++
		}
		if n < 10 {
			t.Errorf("%s: %d signals", name, n)
		}
		if sensitive != strings.HasSuffix(name, "/passing-a-sensitive-item") {
			t.Errorf("%s: sensitive %v", name, sensitive)
		}
	}
	for k := core.View; k < core.SignalCount; k++ {
		if !kinds[k.String()] {
			t.Errorf("no visit has a signal %v", k)
		}
	}
	if Visit("none") != nil || !bytes.Equal(Visit("merely-exploring"), Visit("en/merely-exploring")) {
		t.Error("a visit is found by another name")
	}
}

func TestSizeOfSource(t *testing.T) {
	const most = 300_000 // bytes; the module and every command that embeds the shop carry it
	total := 0
	dir, err := files.ReadDir("shop")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range dir {
		total += len(readFile(f.Name()))
	}
	if total > most {
		t.Errorf("the source has %d bytes, want at most %d", total, most)
	}
}

func wellFormed(t *testing.T, what string, text []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
	}
}
