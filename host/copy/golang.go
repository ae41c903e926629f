package copy

import (
	"go/scanner"
	gotoken "go/token"
	"strings"
)

// goTexts reads the strings of Go that have a space, and so are no names; of strings that are added to each other one is made.
func goTexts(x *extraction) error {
	var s scanner.Scanner
	var first error
	set := gotoken.NewFileSet()
	file := set.AddFile(x.name, set.Base(), len(x.data))
	s.Init(file, []byte(x.data), func(pos gotoken.Position, message string) {
		if first == nil {
			first = failAt(pos.Offset, "not Go: %s", message)
		}
	}, 0)
	var w writer
	end := func() {
		if strings.Contains(strings.TrimSpace(w.b.String()), " ") {
			x.add(&w, "", "")
		}
		w = writer{}
	}
	for {
		pos, tok, literal := s.Scan()
		switch {
		case tok == gotoken.EOF:
			end()
			return first
		case tok == gotoken.STRING && len(literal) >= 2:
			at := file.Offset(pos) + 1
			if body := literal[1 : len(literal)-1]; literal[0] == '`' {
				if strings.Contains(x.data[at:min(at+len(body), len(x.data))], "\r") {
					body = x.data[at:min(at+len(body), len(x.data))] // the scanner leaves them out
				}
				w.as(body, at)
			} else {
				w.escaped(body, at)
			}
		case tok == gotoken.ADD:
		default:
			end()
		}
	}
}
