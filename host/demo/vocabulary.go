package demo

import (
	"fmt"
	"regexp"
	"strings"
)

// topic is a node of the shop's tree.
type topic struct {
	key       string // as in "bikes/city"
	path      [2][]string
	sensitive bool
}

// parseTopics reads the tree: a key, the Dutch name, a bar, the English name, and a star when it is sensitive.
func parseTopics(text string) ([]topic, error) {
	var topics []topic
	for _, line := range lines(text) {
		key, rest, _ := strings.Cut(line, " ")
		nl, en, ok := strings.Cut(rest, "|")
		if !ok {
			return nil, fmt.Errorf("%q has no English name", line)
		}
		en, star := strings.CutSuffix(strings.TrimSpace(en), "*")
		t := topic{key: key, sensitive: star}
		for l, name := range [2]string{nl, en} {
			if i := strings.LastIndexByte(key, '/'); i >= 0 {
				parent := find(topics, key[:i])
				if parent == nil {
					return nil, fmt.Errorf("%q stands before its parent", key)
				}
				t.path[l] = append(t.path[l], parent.path[l]...)
			}
			t.path[l] = append(t.path[l], strings.TrimSpace(name))
		}
		topics = append(topics, t)
	}
	return topics, nil
}

func find(topics []topic, key string) *topic {
	for i := range topics {
		if topics[i].key == key {
			return &topics[i]
		}
	}
	return nil
}

// parseWords reads English terms and their Dutch.
func parseWords(text string) (map[string]string, error) {
	words := map[string]string{}
	for _, line := range lines(text) {
		en, nl, ok := strings.Cut(line, " = ")
		if !ok {
			return nil, fmt.Errorf("%q has no Dutch", line)
		}
		words[en] = nl
	}
	return words, nil
}

// lines returns the lines that are not empty and no comment.
func lines(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

var (
	number = regexp.MustCompile(`\d[\d.,]*\d`)
	term   = regexp.MustCompile(`[A-Za-z]+(?:[ -][A-Za-z]+)*`)
	// same is what is written alike in both languages: units, sizes and the names of standards.
	same = regexp.MustCompile(`^(?:[A-Z]{1,3}|[mck]?m|k?g|m?l|mAh|Wh|Nm|USB-C)$`)
)

// translate returns an attribute's name or value in Dutch, and the first term that has none.
func (s *shop) translate(text string) (dutch, unknown string) {
	text = number.ReplaceAllStringFunc(text, func(n string) string {
		return strings.Map(func(r rune) rune {
			switch r {
			case '.':
				return ','
			case ',':
				return '.'
			}
			return r
		}, n)
	})
	text = term.ReplaceAllStringFunc(text, func(t string) string {
		if same.MatchString(t) {
			return t
		}
		if nl, ok := s.words[strings.ToLower(t)]; ok {
			return nl
		}
		unknown = t
		return t
	})
	return text, unknown
}
