package build

import (
	"bytes"
	"fmt"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/policy"
	"github.com/nabij/nabij/web"
)

// policyFiles are the pages that say what suggestions do with a visit, one a language, before them the same for programs.
func policyFiles(data []byte, s *Sensitivity) ([]WebFile, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	d := policy.Of(p)
	d.Sensitive.Lists = s.Lists()
	var b bytes.Buffer
	if err := d.WriteJSON(&b); err != nil {
		return nil, err
	}
	files := []WebFile{{policy.JSONName, bytes.Clone(b.Bytes())}}
	for _, language := range policy.Languages {
		b.Reset()
		if err := d.WriteHTML(&b, language); err != nil {
			return nil, err
		}
		files = append(files, WebFile{policy.HTMLName(language), bytes.Clone(b.Bytes())})
	}
	return files, nil
}

// Lists returns what of it visitors may read: nil where nothing is known, as of the zero value and of nil.
func (s *Sensitivity) Lists() *policy.Lists {
	if s == nil || len(s.Categories) == 0 {
		return nil
	}
	l := &policy.Lists{Categories: []string{}, Exceptions: []policy.Exception{}}
	for _, c := range s.Categories {
		if c.InForce {
			l.Categories = append(l.Categories, string(c.Category))
		}
	}
	for _, x := range s.Exceptions {
		l.Exceptions = append(l.Exceptions, policy.Exception{Of: x.Of, Name: x.Name, Reason: x.Reason})
	}
	return l
}

// Fixed reports whether a file of Web keeps its name from build to build, so that its content changes under it.
func Fixed(name string) bool {
	switch name {
	case ScriptName, PinsName, DataLayerName, web.ExplainName, web.StyleName, policy.JSONName, policy.HTMLName(policy.Dutch), policy.HTMLName(policy.English):
		return true
	}
	return false
}
