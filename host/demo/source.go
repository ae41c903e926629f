package demo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// Languages of the shop, as ids begin with them. The index of a language is used throughout.
var languages = [2]string{"nl", "en"}

const (
	dutch   = 0
	english = 1
)

// entry is an item as the source has it, once for both languages.
type entry struct {
	key        string
	kind       pack.Kind
	topics     []string // keys
	brand      string
	cents      int64
	popularity int
	stock      pack.Availability
	sensitive  bool
	attributes [][2]string // in English
	draw       string
	title      [2]string
	summary    [2]string
	// body is what stands below the summary: paragraphs, "## " headings and "- " lists.
	body [2]string
}

// parseEntries reads the items of a source file. Each begins with "# " and its key; then follow fields, a line each, and
// the title in either language with the summary and body below it.
func parseEntries(name, text string) ([]entry, error) {
	var entries []entry
	for i, block := range strings.Split("\n"+text, "\n# ")[1:] {
		e, err := parseEntry(block)
		if err != nil {
			return nil, fmt.Errorf("%s: item %d, %q: %w", name, i+1, e.key, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func parseEntry(block string) (entry, error) {
	head, rest, ok := strings.Cut(block, "\nnl: ")
	if !ok {
		return entry{}, fmt.Errorf("no Dutch text")
	}
	var e entry
	lines := strings.Split(head, "\n")
	e.key = lines[0]
	e.stock = pack.InStock
	for _, line := range lines[1:] {
		field, value, ok := strings.Cut(line, ": ")
		if !ok {
			return e, fmt.Errorf("%q is no field", line)
		}
		if err := e.set(field, value); err != nil {
			return e, fmt.Errorf("%s: %w", field, err)
		}
	}
	if e.kind != pack.KindProduct {
		e.stock = pack.AvailabilityUnknown
	}
	texts := [2]string{}
	if texts[dutch], texts[english], ok = strings.Cut(rest, "\nen: "); !ok {
		return e, fmt.Errorf("no English text")
	}
	for l, text := range texts {
		title, below, _ := strings.Cut(text, "\n")
		summary, body, _ := strings.Cut(strings.TrimSpace(below), "\n\n")
		e.title[l], e.summary[l], e.body[l] = title, summary, strings.TrimSpace(body)
	}
	return e, nil
}

func (e *entry) set(field, value string) error {
	switch field {
	case "kind":
		var ok bool
		if e.kind, ok = pack.ParseKind(value); !ok {
			return fmt.Errorf("%q is no kind", value)
		}
	case "topics":
		e.topics = strings.Split(value, ", ")
	case "brand":
		e.brand = value
	case "price":
		euros, cents, _ := strings.Cut(value, ".")
		n, err := strconv.ParseInt(euros+(cents + "00")[:2], 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no price", value)
		}
		e.cents = n
	case "popularity":
		n, err := strconv.Atoi(value)
		if err != nil {
			return err
		}
		e.popularity = n
	case "availability":
		switch value {
		case "out":
			e.stock = pack.OutOfStock
		case "order":
			e.stock = pack.OnOrder
		default:
			return fmt.Errorf("%q is neither out nor order", value)
		}
	case "sensitive":
		e.sensitive = value == "yes"
	case "attributes":
		for _, a := range strings.Split(value, "; ") {
			name, v, ok := strings.Cut(a, "=")
			if !ok {
				return fmt.Errorf("%q has no value", a)
			}
			e.attributes = append(e.attributes, [2]string{name, v})
		}
	case "draw":
		e.draw = value
	default:
		return fmt.Errorf("no such field")
	}
	return nil
}
