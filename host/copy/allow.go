package copy

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// Allowance excuses findings of a rule, for a reason that somebody wrote down.
type Allowance struct {
	// Rule is the identifier of a rule.
	Rule string `json:"rule"`
	// Reason says why the text may stay. It must have words.
	Reason string `json:"reason"`
	// Files is a pattern that paths of files must fit, as they are given to the linter: "texts/*.json", "texts/**", "**/nl.json", where ** is
	// any number of folders; empty for all.
	Files string `json:"files,omitempty"`
	// Text is a part of the text in question; empty for any.
	Text string `json:"text,omitempty"`

	// Used is how many findings it excused.
	Used int `json:"-"`
}

// Check returns what is wrong with an allowance, or nil.
func (a *Allowance) Check() error {
	switch {
	case !hasLetters(a.Rule):
		return fmt.Errorf("no rule is named; nabij lint --rules lists them")
	case RuleOf(a.Rule) == nil:
		return fmt.Errorf("there is no rule %q; nabij lint --rules lists them", a.Rule)
	case !hasLetters(a.Reason):
		return fmt.Errorf("rule %s is allowed without a reason; write down why the text may stay", a.Rule)
	}
	for part := range strings.SplitSeq(a.Files, "/") {
		if _, err := path.Match(part, ""); err != nil {
			return fmt.Errorf("files %q: %w in %q; want a pattern such as \"texts/*.json\" or \"texts/**\"", a.Files, err, part)
		}
	}
	return nil
}

// hasLetters tells words from nothing, and from the mark that ends a comment.
func hasLetters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// String returns what is allowed, as it is told where nothing needs it.
func (a *Allowance) String() string {
	s := a.Rule
	if a.Files != "" {
		s += " in " + a.Files
	}
	if a.Text != "" {
		s += fmt.Sprintf(" of %q", a.Text)
	}
	return s
}

func (a *Allowance) fits(f *Finding) bool {
	if a.Rule != f.Rule.ID || a.Text != "" && !strings.Contains(f.Text, a.Text) {
		return false
	}
	return a.Files == "" || fitsPath(strings.Split(a.Files, "/"), strings.Split(filepath.ToSlash(filepath.Clean(f.File)), "/"))
}

// fitsPath reports whether the parts of a path fit those of a pattern.
func fitsPath(pattern, name []string) bool {
	switch {
	case len(pattern) == 0:
		return len(name) == 0
	case pattern[0] == "**" && fitsPath(pattern[1:], name):
		return true
	case len(name) == 0:
		return false
	case pattern[0] == "**":
		return fitsPath(pattern, name[1:])
	}
	ok, _ := path.Match(pattern[0], name[0]) // Check has seen the pattern
	return ok && fitsPath(pattern[1:], name[1:])
}

// Unused is an allowance in a file that excuses nothing there.
type Unused struct {
	File string
	Line int
	Rule string
}

// comment is an allowance in a file, in whatever comments the format has: it holds for its own line and the next.
var comment = regexp.MustCompile(`(?m)nabij-lint:[ \t]*allow(?:[ \t]+(\S*)([^\n]*)|\r?$)`)

// excuse takes out the findings that are allowed, and tells allowances that do not hold or are not needed.
func (r *Result) excuse(name string, where *lines, allowances []*Allowance, fault func(error)) {
	type placed struct {
		Allowance
		line int
	}
	var here []*placed
	for _, m := range comment.FindAllStringSubmatchIndex(where.data, -1) {
		a := &placed{}
		a.line, _ = where.at(m[0])
		if m[2] >= 0 {
			a.Rule, a.Reason = where.data[m[2]:m[3]], where.data[m[4]:m[5]]
		}
		if err := a.Check(); err != nil {
			fault(failAt(m[0], "nabij-lint: allow: %w", err))
			continue
		}
		here = append(here, a)
	}
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		excused := false
		for _, a := range here {
			if a.Rule == f.Rule.ID && (f.Line == a.line || f.Line == a.line+1) {
				a.Used++
				excused = true
			}
		}
		for _, a := range allowances {
			if a.fits(&f) {
				a.Used++
				excused = true
			}
		}
		if excused {
			r.Allowed++
			continue
		}
		kept = append(kept, f)
	}
	r.Findings = kept
	for _, a := range here {
		if a.Used == 0 {
			r.Unused = append(r.Unused, Unused{File: name, Line: a.line, Rule: a.Rule})
		}
	}
}
