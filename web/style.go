package web

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// StyleName is the name under which pages that an edge has filled load what Style returns.
const StyleName = "nabij-suggestions.css"

// selectors are what stands before the declarations of a rule of a minified style sheet without at-rules.
var selectors = regexp.MustCompile(`[^{}]+\{`)

// Style returns the style sheet of suggestions that an edge has put into a page, in light DOM, minified: in it they look as those that
// Script's makes in shadow DOM. It is made of the same src/suggestions.css.
func Style() ([]byte, error) {
	edge, err := styleSheet(sources, "src/edge.css")
	if err != nil {
		return nil, err
	}
	own, err := styleSheet(sources, "src/suggestions.css")
	if err != nil {
		return nil, err
	}
	_, rules, _ := strings.Cut(own, "}") // the first is the element's own
	rules = selectors.ReplaceAllStringFunc(rules, func(s string) string { return "&:where(" + strings.TrimSuffix(s, "{") + "){" })
	style, err := minified(strings.TrimSuffix(edge, "}") + ";" + rules + "}")
	return []byte(style), err
}

// styleSheet returns a style sheet of files, minified.
func styleSheet(files fs.FS, name string) (string, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return "", err
	}
	return minified(string(b))
}

func minified(sheet string) (string, error) {
	result := api.Transform(sheet, api.TransformOptions{
		Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, Supported: map[string]bool{"nesting": false},
	})
	if len(result.Errors) > 0 {
		return "", errors.New("web: style: " + result.Errors[0].Text)
	}
	return strings.TrimSpace(string(result.Code)), nil
}
