package main

import (
	"fmt"
	"os"

	"github.com/nabij/nabij/host/learn"
)

// readParams returns what a file of parameters says, nil where no file is given. It refuses what is wrong whatever the others are.
func readParams(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("--params: %w", err)
	}
	p := learn.DefaultParams()
	if err := decodeParams(file, text, &p); err != nil {
		return nil, err
	}
	if p.Privacy = p.Privacy.WithDefaults(); p.Privacy.Epsilon == 0 {
		p.Privacy = learn.Privacy{}
	}
	if err := p.Check(); err != nil {
		return nil, fmt.Errorf("--params: %s: %w", file, err)
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
	if err := p.Decode(text); err != nil {
		return fmt.Errorf("--params: %s: %w", file, err)
	}
	return nil
}
