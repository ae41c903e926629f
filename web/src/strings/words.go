// Package words has the words of the suggestions element for what renders it in Go: it reads the very files that the browser's bundle is
// made of.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

//go:embed en.ts nl.ts
var files embed.FS

// Words are by the names of strings.ts: those of core.ReasonCode, "suggestions", "dismiss" and "dismissed". {0} is an item's title or a
// topic's name.
type Words map[string]string

// Of returns the words in a language, or in English: as stringsFor does in strings.ts.
func Of(language string) Words {
	if tag := strings.ToLower(language); strings.HasPrefix(tag, "nl") && !inWord.MatchString(tag[2:]) {
		return all()["nl"]
	}
	return all()["en"]
}

// inWord matches what a word goes on with.
var inWord = regexp.MustCompile(`^\w`)

var entry = regexp.MustCompile(`(?m)^\t(?:"([a-z-]+)"|([a-z]+)): (".*"),$`)

// all has the words of each language. The files are this module's own: what cannot be read of them is a fault that the tests find.
var all = sync.OnceValue(func() map[string]Words {
	names, err := fs.Glob(files, "*.ts")
	if err != nil {
		panic(err)
	}
	languages := map[string]Words{}
	for _, name := range names {
		source, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		w := Words{}
		for _, m := range entry.FindAllStringSubmatch(string(source), -1) {
			var text string
			if err := json.Unmarshal([]byte(m[3]), &text); err != nil {
				panic(fmt.Sprintf("%s: %s: %v", name, m[0], err))
			}
			w[m[1]+m[2]] = text
		}
		languages[strings.TrimSuffix(name, ".ts")] = w
	}
	return languages
})
