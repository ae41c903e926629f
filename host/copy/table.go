package copy

import (
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// textColumns are what columns of texts are called, besides by a language.
var textColumns = []string{"text", "texts", "value", "translation", "label", "copy", "message", "string", "heading", "target", "body", "content", "title", "headline", "subject", "description"}

// tableTexts reads the texts of a table: the columns that are called so, or by a language; of a table without such columns all. A column
// called language, lang or locale tells each row's.
func tableTexts(x *extraction) error {
	r := csv.NewReader(strings.NewReader(x.data))
	r.FieldsPerRecord = -1
	if strings.EqualFold(filepath.Ext(x.name), ".tsv") {
		r.Comma, r.LazyQuotes = '\t', true
	} else if first, _, _ := strings.Cut(x.data, "\n"); strings.Count(first, ";") > strings.Count(first, ",") {
		r.Comma = ';'
	}
	where := newLines(x.data)
	var header []string
	tongue := -1
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if parse, ok := errors.AsType[*csv.ParseError](err); ok {
				return failAt(where.starts[min(max(parse.Line, 1), len(where.starts))-1], "not a table: %v", parse.Err)
			}
			return err
		}
		if header == nil {
			header = make([]string, len(row))
			for i, name := range row {
				header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
			}
			tongue = slices.IndexFunc(header, func(s string) bool { return s == "language" || s == "lang" || s == "locale" })
			if slices.ContainsFunc(header, isTextColumn) {
				continue
			}
			header = make([]string, len(row)) // no header: every column, from the first row on
			tongue = -1
		}
		for i, value := range row {
			name := ""
			if i < len(header) {
				name = header[i]
			}
			if i == tongue || name == "" && slices.ContainsFunc(header, isTextColumn) || name != "" && !isTextColumn(name) {
				continue
			}
			language := ""
			switch code := languageCode(name); {
			case isLanguage(code):
				language = code
			case tongue >= 0 && tongue < len(row):
				language = languageCode(row[tongue])
			}
			line, column := r.FieldPos(i)
			at := where.starts[min(line, len(where.starts))-1] + column - 1
			var w writer
			w.align(value, x.data, at)
			x.add(&w, language, name)
		}
	}
}

func isTextColumn(name string) bool {
	return slices.Contains(textColumns, name) || isLanguage(languageCode(name))
}
