package catalogue

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

var errOpenQuote = errors.New("the file ends within a quoted cell; expected a closing quote")

// table is a table with a header row. Cells are looked up by the header's name, folded by fieldName.
type table struct {
	rows   *rows
	header []string       // as written
	names  []string       // folded
	column map[string]int // by folded name; the first of equal ones
	cells  []string
	line   int
}

// next moves to the next row.
func (t *table) next(r *reader) bool {
	for {
		cells, line, ok := t.rows.next()
		if !ok {
			return false
		}
		if extra := len(cells) - len(t.header); extra > 0 && strings.Join(cells[len(t.header):], "") != "" {
			r.problem(Warning, "extra-cells", line, cells[0], "",
				"the row has %d cells, the header %d; what is too much is dropped; quote cells that hold the delimiter",
				len(cells), len(t.header))
		}
		if len(cells) < len(t.header) {
			if !t.rows.lines.ended && line == t.rows.lines.next-1 {
				r.problem(Error, "truncated", line, cells[0], "",
					"the file ends within this row, after %d of %d cells; the row is left out", len(cells), len(t.header))
				r.truncated = fmt.Errorf("line %d has %d cells; expected %d", line, len(cells), len(t.header))
				continue
			}
			if len(cells) < len(t.header)-1 || len(t.header) < 3 {
				r.problem(Warning, "missing-cells", line, cells[0], "",
					"the row has %d cells, the header %d; the missing ones are read as empty", len(cells), len(t.header))
			}
		}
		t.cells, t.line = cells, line
		return true
	}
}

// get returns the cell in the column of that name, empty when there is none.
func (t *table) get(name string) string {
	if i, ok := t.column[name]; ok && i < len(t.cells) {
		return strings.TrimSpace(t.cells[i])
	}
	return ""
}

func (t *table) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.column[n]; !ok {
			return false
		}
	}
	return true
}

// readTable reads a table and tells by its header row which.
func (r *reader) readTable(br *bufio.Reader, head []byte) error {
	if !bytes.ContainsRune(head, '\n') && bytes.ContainsRune(head, '\r') {
		br = bufio.NewReaderSize(returnsToNewlines{br}, headBytes)
		head, _ = br.Peek(headBytes)
	}
	text := bytes.TrimLeft(head, "\r\n \f\v")
	header, _, _ := bytes.Cut(text, []byte("\n"))
	delim := sniffDelimiter(header)
	declared, ok := bytes.CutPrefix(bytes.TrimSpace(header), []byte("sep="))
	declared = bytes.Trim(declared, `"`)
	if ok = ok && len(declared) == 1; ok {
		delim = declared[0]
	}
	t := &table{rows: newRows(r, br, delim), column: make(map[string]int)}
	cells, _, more := t.rows.next()
	if ok && more {
		cells, _, more = t.rows.next()
	}
	if !more {
		return fmt.Errorf("catalogue: %s: %w: there is no header row; known are %s", r.name, ErrNotRecognised, known)
	}
	t.rows.width = len(cells)
	for i, cell := range cells {
		t.header = append(t.header, oneLine(cell))
		name := fieldName(cell)
		t.names = append(t.names, name)
		if _, taken := t.column[name]; !taken && name != "" {
			t.column[name] = i
		}
	}
	return r.readRows(t)
}

// readRows recognises the header and reads what is below it.
func (r *reader) readRows(t *table) error {
	switch {
	case t.has("handle", "title") && (t.has("variant_price") || t.has("body_(html)") || t.has("option1_name")):
		r.format = FormatShopify
		return r.readShopify(t)
	case t.has("type", "name") && (t.has("published", "sku") || t.has("regular_price") && t.has("id")):
		r.format = FormatWooCommerce
		return r.readWooCommerce(t)
	case t.has("id", "title", "link") && slices.ContainsFunc([]string{"image_link", "availability", "google_product_category", "condition", "gtin", "item_group_id"},
		func(n string) bool { return t.has(n) }):
		r.format = FormatMerchantTSV
		return r.readMerchantTable(t)
	}
	fields := fieldsOf(t.names)
	found := make(map[string]bool)
	for _, f := range fields {
		found[f] = true
	}
	foreignExport := len(t.header) >= 20 && t.names[0] == "id" && !found["price"] && !found["url"]
	if !found["title"] || (!found["id"] && !found["url"]) || foreignExport {
		r.format = ""
		return fmt.Errorf("catalogue: %s: %w: %s", r.name, ErrNotRecognised, t.unknownHeader())
	}
	r.format = FormatTable
	return r.readGeneric(t, fields)
}

// unknownHeader says what was seen of a table and what would have been understood.
func (t *table) unknownHeader() string {
	var seen []string
	for _, h := range t.header {
		seen = append(seen, quoteShort(h))
	}
	const most = 40
	if len(seen) > most {
		seen = append(seen[:most], fmt.Sprintf("and %d more", len(seen)-most))
	}
	hint := ""
	if len(t.header) >= 20 && (t.has("sku") || t.has("ugs") || t.has("artikelnummer") || t.has("id")) {
		hint = " A WooCommerce or Shopify export in another language is understood once it is exported with the language set to English."
	}
	return fmt.Sprintf("it starts with a row of %d columns, %s; a table needs a header row with title, and id or url.%s Known are %s",
		len(t.header), strings.Join(seen, ", "), hint, known)
}

// readGeneric reads a table whose columns have the names listed in aliases, or any other: those are attributes.
func (r *reader) readGeneric(t *table, fields map[string]string) error {
	called := make(map[string]string)
	for i, n := range t.names {
		if f := fields[n]; f != "" {
			called[f] = t.header[i]
		}
	}
	for t.next(r) {
		rec := record{line: t.line, called: called}
		group := ""
		for i, cell := range t.cells[:min(len(t.cells), len(t.names))] {
			name := t.names[i]
			if j, ok := t.column[name]; !ok || j != i {
				continue
			}
			field := fields[name]
			if field == "group" {
				group = cell
				continue
			}
			rec.set(field, name, cell)
		}
		if err := r.addVariant(group, rec.name("group"), &rec); err != nil {
			return err
		}
	}
	return nil
}
