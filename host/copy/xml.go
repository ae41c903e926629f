package copy

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// xmlReader walks the text of XML with its places.
type xmlReader struct {
	*extraction
	start func(e xml.StartElement, at, width int)
	end   func(name string)
	text  func(raw string, at int)
}

func (r *xmlReader) read() error {
	d := xml.NewDecoder(strings.NewReader(r.data))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decode made it UTF-8, whatever it says it is
	for {
		from := int(d.InputOffset())
		token, err := d.Token()
		to := int(d.InputOffset())
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return failAt(min(to, len(r.data)), "not XML: %v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.start(t, from, to-from)
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			raw := r.data[from:to]
			if inner, ok := strings.CutPrefix(raw, "<![CDATA["); ok {
				raw, from = strings.TrimSuffix(inner, "]]>"), from+len("<![CDATA[")
			}
			r.text(raw, from)
		}
	}
}

func attributeOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// xliffTexts reads XLIFF 1.2 and 2: targets in the target language, and sources that have no target in the source's.
func xliffTexts(x *extraction) error {
	var source, target writer
	var to *writer
	var sourceLanguage, targetLanguage, key string
	others := 0 // how many elements are open that have other texts, which were translated before and are like this one
	unit := func() {
		if target.b.Len() > 0 {
			x.add(&target, targetLanguage, key)
		} else {
			x.add(&source, sourceLanguage, key)
		}
		source, target = writer{}, writer{}
	}
	r := &xmlReader{extraction: x}
	r.start = func(e xml.StartElement, at, width int) {
		if others > 0 && e.Name.Local != "alt-trans" && e.Name.Local != "match" {
			return
		}
		switch e.Name.Local {
		case "alt-trans", "match":
			others++
		case "file", "xliff":
			for _, l := range []struct {
				name string
				to   *string
			}{{"source-language", &sourceLanguage}, {"srcLang", &sourceLanguage}, {"target-language", &targetLanguage}, {"trgLang", &targetLanguage}} {
				if v := attributeOf(e, l.name); v != "" {
					*l.to = languageCode(v)
				}
			}
		case "trans-unit", "unit":
			key = attributeOf(e, "id")
		case "segment":
			unit()
		case "source":
			to = &source
		case "target":
			to = &target
		case "x", "ph", "bx", "ex", "bpt", "ept":
			if to != nil {
				to.instead(hole, at, width)
			}
		}
	}
	r.end = func(name string) {
		switch name {
		case "alt-trans", "match":
			others--
		case "source", "target":
			to = nil
		case "trans-unit", "unit", "segment":
			unit()
		}
	}
	r.text = func(raw string, at int) {
		if to == nil {
			return
		}
		raw = strings.NewReplacer("\n", " ", "\r", " ").Replace(raw)
		to.markup(raw, at)
	}
	return r.read()
}

// androidTexts reads Android's resources: strings, and items of arrays and plurals.
func androidTexts(x *extraction) error {
	var w writer
	key, within := "", false
	r := &xmlReader{extraction: x}
	r.start = func(e xml.StartElement, _, _ int) {
		switch e.Name.Local {
		case "string", "string-array", "plurals":
			key = attributeOf(e, "name")
		}
		if e.Name.Local == "string" || e.Name.Local == "item" {
			within = true
		}
	}
	r.end = func(name string) {
		if name == "string" || name == "item" {
			x.add(&w, "", key)
			w, within = writer{}, false
		}
	}
	r.text = func(raw string, at int) {
		if within {
			w.escaped(strings.NewReplacer("\n", " ", "\r", " ").Replace(raw), at)
		}
	}
	return r.read()
}
