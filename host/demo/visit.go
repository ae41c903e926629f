package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Visits returns the names of the scripted visits, such as "en/comparing-rain-jackets": each once a language, the
// English ones first.
func Visits() []string {
	var names []string
	for _, l := range [2]int{english, dutch} {
		for _, script := range scripts() {
			name, _, _ := strings.Cut(script, "\n")
			names = append(names, languages[l]+"/"+name)
		}
	}
	return names
}

// Visit returns a scripted visit as JSON lines, one a signal, oldest first; nil when there is none of that name. Without
// a language in its name it is the English one.
func Visit(name string) []byte {
	l := english
	for i, language := range languages {
		if rest, ok := strings.CutPrefix(name, language+"/"); ok {
			name, l = rest, i
		}
	}
	for _, script := range scripts() {
		if title, text, _ := strings.Cut(script, "\n"); title == name {
			b, err := mustLoad().play(text, l)
			if err != nil {
				panic(fmt.Errorf("demo: visits.txt: %s: %w", name, err)) // it is embedded, and a test plays it
			}
			return b
		}
	}
	return nil
}

// scripts returns the visits of the source, each beginning with its name.
func scripts() []string { return strings.Split("\n"+readFile("visits.txt"), "\n= ")[1:] }

// event is a line of a visit, spelled as package host reads it.
type event struct {
	AtMs   int64  `json:"at_ms"`
	Signal string `json:"signal"`
	Item   string `json:"item,omitempty"`
	Topic  string `json:"topic,omitempty"`
	Text   string `json:"text,omitempty"`
	Value  uint32 `json:"value,omitempty"`
}

func (s *shop) play(text string, language int) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, line := range lines(text) {
		e, err := s.event(line, language)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		if err := enc.Encode(e); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// event reads a line: seconds, a signal, and what it is about.
func (s *shop) event(line string, language int) (event, error) {
	at, rest, _ := strings.Cut(line, " ")
	signal, about, _ := strings.Cut(rest, " ")
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return event{}, err
	}
	e := event{AtMs: seconds * 1000, Signal: signal}
	if signal == "search" {
		nl, en, ok := strings.Cut(about, " | ")
		if !ok {
			return e, fmt.Errorf("want the text in both languages")
		}
		e.Text = [2]string{nl, en}[language]
		return e, nil
	}
	key, value, valued := strings.Cut(about, " ")
	if valued {
		n, err := strconv.ParseUint(value, 10, 32)
		if err != nil {
			return e, err
		}
		e.Value = uint32(n)
	}
	if i, ok := s.byKey[key]; ok {
		e.Item = s.items[language][i].ID
	} else if t := find(s.topics, key); t != nil {
		e.Topic = strings.Join(t.path[language], " > ")
	} else if key != "" {
		return e, fmt.Errorf("%q is neither an item nor a topic", key)
	}
	return e, nil
}
