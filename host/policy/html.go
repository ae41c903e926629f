package policy

import (
	_ "embed"
	"html/template"
	"io"
)

// The names of a document's files, which stay the same from build to build, so that a site can link to them.
const JSONName = "policy.json"

// HTMLName is the name of a language's page.
func HTMLName(language Language) string { return "policy." + string(language) + ".html" }

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// WriteHTML writes the page of a language: one that needs nothing else, has no script and asks for nothing. It links to the others by
// their names, so they belong in one folder.
func (d Document) WriteHTML(w io.Writer, language Language) error {
	other := Dutch
	if language == Dutch {
		other = English
	}
	words := wordsOf(language)
	return pageTemplate.Execute(w, struct {
		Page
		Other, OtherFile, OtherName, DataFile, DataName string
	}{d.Page(language), string(other), HTMLName(other), wordsOf(other).name, JSONName, words.data})
}
