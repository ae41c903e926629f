// Package copy reads what a site says to its visitors, and finds where its tone gives them the feeling of being watched, pressed or
// courted: "because you viewed", "only 2 left", "we missed you". It knows Dutch, English, German, French and Spanish.
//
//	l := copy.New()
//	result, err := l.File("nl.json", data, copy.Options{})
//	for _, f := range result.Findings {
//		fmt.Println(f.Line, f.Rule.Why, f.Instead)
//	}
//
// What it looks for stands in rules, as data: a file a language, with examples that must be found and examples that must not. A text
// is taken apart into words (token.go), and patterns of words (pattern.go) are sought in its sentences (match.go). Texts come out of
// files with their places (file.go and the files of formats beside it), so that a finding points at bytes that the file has.
//
// A Linter is for one goroutine at a time. Rules see words, not meaning: a text that passes may still be in bad taste.
package copy
