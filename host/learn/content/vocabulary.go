package content

// vocabulary is the terms of a whole catalogue, with the number of items that have them.
type vocabulary struct {
	keys      []string // by term: class of languages, group, text
	languages []uint8  // by term, see chunk
	items     []uint32 // by term: how many items have it
	lookup    map[string]uint32
}

// group of a term; its text is the rest of the key.
func (v *vocabulary) group(term uint32) group { return group(v.keys[term][1]) }

func (v *vocabulary) text(term uint32) string { return v.keys[term][2:] }

// merge numbers the terms of all chunks in the order of the chunks, and rewrites the chunks' entries to it.
func merge(chunks []*chunk) *vocabulary {
	v := &vocabulary{lookup: map[string]uint32{}}
	for _, c := range chunks {
		global := make([]uint32, len(c.keys))
		for local, key := range c.keys {
			term, ok := v.lookup[key]
			if !ok {
				term = uint32(len(v.keys))
				v.lookup[key] = term
				v.keys = append(v.keys, key)
				v.languages = append(v.languages, 0)
				v.items = append(v.items, 0)
			}
			v.languages[term] |= c.languages[local]
			global[local] = term
		}
		for i := range c.entries {
			term := global[c.entries[i].term]
			c.entries[i].term = term
			v.items[term]++
		}
		at := 0
		for _, end := range c.ends {
			sortEntries(c.entries[at:end])
			at = end
		}
		for i, local := range c.titles {
			c.titles[i] = global[local]
		}
		c.keys, c.languages = nil, nil
	}
	return v
}
