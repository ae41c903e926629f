package audit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Script is what an audit plays: the pages that every visit loads, in this order, and what the visitors do on them.
type Script struct {
	Pages  []string // paths on the site, each from "/" on
	Visits []Visit
}

// Visit is a way to behave.
type Visit struct {
	Name string
	// Steps are done on the page with the path; those of EveryPage on each page that has none of its own.
	Steps map[string][]Step
}

// EveryPage is the key of steps for all pages that have none of their own.
const EveryPage = "*"

// on returns the steps for a page.
func (v Visit) on(page string) []Step {
	if steps, ok := v.Steps[page]; ok {
		return steps
	}
	return v.Steps[EveryPage]
}

// Limits of a script.
const (
	mostPages  = 50
	mostVisits = 20
	mostWaitMs = 60_000
)

// ErrScript is wrapped by every error of ReadScript. Those that Run makes of a step that cannot be done wrap ErrStep.
var (
	ErrScript = errors.New("the script is not right")
	ErrStep   = errors.New("the step cannot be done")
)

// ReadScript reads a script in JSON. Its error has a line for each fault, with name, line, field, what stands there and
// what to write.
func ReadScript(name string, data []byte) (Script, error) {
	r := &scriptReader{name: name}
	root, err := parse(data)
	if err != nil {
		return Script{}, fmt.Errorf("%w:\n  %s:%w", ErrScript, name, err)
	}
	script := r.script(root)
	if len(r.faults) == 0 {
		return script, nil
	}
	slices.SortStableFunc(r.faults, func(a, b fault) int { return a.line - b.line })
	err = ErrScript
	for i, f := range r.faults {
		err = fmt.Errorf("%w%s\n  %s:%d: %s", err, map[bool]string{true: ":"}[i == 0], name, f.line, f.text)
	}
	return Script{}, err
}

// scriptReader gathers faults, so that a person mends them in one go.
type scriptReader struct {
	name   string
	faults []fault
}

type fault struct {
	line int
	text string
}

func (r *scriptReader) fault(line int, path, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if path != "" {
		text = path + ": " + text
	}
	r.faults = append(r.faults, fault{line, text})
}

// fields returns the members of an object that may have these, and reports all others.
func (r *scriptReader) fields(n *node, known ...string) map[string]*node {
	found := map[string]*node{}
	if n.kind != "an object" {
		r.fault(n.line, n.path, "got %s, want an object with %s", n.shown(), strings.Join(known, ", "))
		return nil
	}
	for _, m := range n.members {
		switch {
		case !slices.Contains(known, m.name):
			r.fault(m.line, n.path, "there is no field %q; the fields are %s", m.name, strings.Join(known, ", "))
		case found[m.name] != nil:
			r.fault(m.line, m.node.path, "stands twice; leave one out")
		default:
			found[m.name] = m.node
		}
	}
	return found
}

// list returns the items of a list that must have some.
func (r *scriptReader) list(parent, n *node, name, want string, most int) []*node {
	switch {
	case parent.kind != "an object":
	case n == nil:
		r.fault(parent.line, parent.path, "%q is missing: %s", name, want)
	case n.kind != "a list" || len(n.items) == 0:
		shown := n.shown()
		if n.kind == "a list" {
			shown = "an empty list"
		}
		r.fault(n.line, n.path, "got %s, want %s", shown, want)
	case len(n.items) > most:
		r.fault(n.line, n.path, "got %d entries, want at most %d", len(n.items), most)
	default:
		return n.items
	}
	return nil
}

func (r *scriptReader) script(root *node) (s Script) {
	fields := r.fields(root, "pages", "visits")
	for _, n := range r.list(root, fields["pages"], "pages", `a list of paths such as ["/", "/shirts"]`, mostPages) {
		page, ok := n.value.(string)
		if !ok || !strings.HasPrefix(page, "/") || strings.HasPrefix(page, "//") || strings.ContainsAny(page, " #") {
			r.fault(n.line, n.path, `got %s, want a path on the site such as "/shirts"`, n.shown())
			continue
		}
		s.Pages = append(s.Pages, page)
	}
	names := map[string]bool{Control: true}
	const want = `a list such as [{"name": "reads", "steps": {"*": [{"scroll": "end"}]}}]`
	for _, n := range r.list(root, fields["visits"], "visits", want, mostVisits) {
		visit := r.visit(n, s.Pages)
		if visit.Name == Control {
			r.fault(n.line, n.path+".name", "%q is the visit that does nothing, which is always played; choose another name", Control)
		} else if visit.Name != "" && names[visit.Name] {
			r.fault(n.line, n.path+".name", "%q stands twice; give each visit its own", visit.Name)
		}
		names[visit.Name] = true
		s.Visits = append(s.Visits, visit)
	}
	return s
}

func (r *scriptReader) visit(n *node, pages []string) Visit {
	v := Visit{Steps: map[string][]Step{}}
	fields := r.fields(n, "name", "steps")
	if fields == nil {
		return v
	}
	if name := fields["name"]; name == nil {
		r.fault(n.line, n.path, `"name" is missing: a word for the report, such as "reads"`)
	} else if text, ok := name.value.(string); !ok || strings.TrimSpace(text) == "" {
		r.fault(name.line, name.path, `got %s, want a word for the report, such as "reads"`, name.shown())
	} else {
		v.Name = text
	}
	steps := fields["steps"]
	if steps == nil || steps.kind != "an object" || len(steps.members) == 0 {
		at, path, got := n, n.path, `"steps" is missing`
		if steps != nil {
			at, path, got = steps, steps.path, "got "+steps.shown()
			if steps.kind == "an object" {
				got = "got an empty object"
			}
		}
		r.fault(at.line, path, `%s, want what is done on each page, such as {"*": [{"scroll": "end"}]}`, got)
		return v
	}
	for _, m := range steps.members {
		if m.name != EveryPage && !slices.Contains(pages, m.name) {
			r.fault(m.line, steps.path, "%q is none of the pages; they are %s, and %q for each", m.name, strings.Join(pages, ", "), EveryPage)
			continue
		}
		if _, twice := v.Steps[m.name]; twice {
			r.fault(m.line, steps.path, "%q stands twice; leave one out", m.name)
		}
		for _, item := range r.list(steps, m.node, m.name, `a list of steps such as [{"scroll": "end"}, {"wait_ms": 1000}]`, 200) {
			v.Steps[m.name] = append(v.Steps[m.name], r.step(item))
		}
	}
	return v
}
