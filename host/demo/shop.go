package demo

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/nabij/nabij/host/catalogue"
)

//go:embed shop
var files embed.FS

// shop is the source, read and put together.
type shop struct {
	entries []entry
	topics  []topic
	words   map[string]string
	// items holds the items of a language in the order of entries; byID and byKey find an entry.
	items [2][]catalogue.Item
	byID  map[string]place
	byKey map[string]int
}

// place is an entry in one language.
type place struct{ entry, language int }

var load = sync.OnceValues(read)

// mustLoad is for callers that cannot say that the source is wrong: it is embedded, and a test reads it.
func mustLoad() *shop {
	s, err := load()
	if err != nil {
		panic(err)
	}
	return s
}

func read() (*shop, error) {
	s := &shop{byID: map[string]place{}, byKey: map[string]int{}}
	var err error
	if s.topics, err = parseTopics(readFile("topics.txt")); err != nil {
		return nil, fmt.Errorf("demo: topics.txt: %w", err)
	}
	if s.words, err = parseWords(readFile("words.txt")); err != nil {
		return nil, fmt.Errorf("demo: words.txt: %w", err)
	}
	names, err := files.ReadDir("shop")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	for _, f := range names {
		if f.Name()[0] < '0' || f.Name()[0] > '9' { // files of items are numbered
			continue
		}
		entries, err := parseEntries(f.Name(), readFile(f.Name()))
		if err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
		s.entries = append(s.entries, entries...)
	}
	for i := range s.entries {
		e := &s.entries[i]
		if _, twice := s.byKey[e.key]; twice {
			return nil, fmt.Errorf("demo: the key %q stands twice", e.key)
		}
		s.byKey[e.key] = i
		for l := range languages {
			item, err := s.item(e, l)
			if err != nil {
				return nil, fmt.Errorf("demo: %s: %w", e.key, err)
			}
			if _, twice := s.byID[item.ID]; twice {
				return nil, fmt.Errorf("demo: %s: the id %q stands twice", e.key, item.ID)
			}
			s.byID[item.ID] = place{i, l}
			s.items[l] = append(s.items[l], item)
		}
	}
	return s, nil
}

// readFile returns a file of the source, or nothing when there is none.
func readFile(name string) string {
	b, _ := files.ReadFile(path.Join("shop", name))
	return string(b)
}

// id returns the site's identifier of an entry in a language. What follows a colon is left out where enough stands
// before it.
func id(e *entry, language int) string {
	title := e.title[language]
	if before, _, ok := strings.Cut(title, ": "); ok && strings.Count(before, " ") >= 2 {
		title = before
	}
	return languages[language] + "/" + slug(title)
}

// slug returns a title as a URL has it: small letters and digits, hyphens for the rest.
func slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(title) {
		if i := slices.Index(accented, r); i >= 0 {
			r = rune(plainLetters[i])
		}
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

var (
	accented     = []rune("éèëêïíöóüúáà")
	plainLetters = "eeeeiioouuaa"
)
