package catalogue

// readMerchantTable reads a Google Merchant feed in rows, parted by tabs or, as some write it, commas.
func (r *reader) readMerchantTable(t *table) error {
	for t.next(r) {
		m := merchant{rec: record{line: t.line}}
		for i, cell := range t.cells[:min(len(t.cells), len(t.names))] {
			m.set(t.names[i], cell)
		}
		if err := r.addMerchant(&m); err != nil {
			return err
		}
	}
	return nil
}
