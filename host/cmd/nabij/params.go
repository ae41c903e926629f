package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/nabij/nabij/host/learn"
)

// readParams returns what a file of parameters says, nil where no file is given.
func readParams(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("--params: %w", err)
	}
	return text, nil
}

// usualParams returns the parameters that suit a log's kind.
func usualParams(report learn.Report) learn.Params {
	if report.Baskets {
		return learn.BasketParams()
	}
	return learn.DefaultParams()
}

// decodeParams sets those parameters that the text of a file has, which may be nil.
func decodeParams(file string, text []byte, p *learn.Params) error {
	if text == nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return fmt.Errorf("--params: %s: %w", file, err)
	}
	return nil
}
