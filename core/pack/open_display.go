package pack

import "unicode/utf8"

// strings returns a section of n entries of UTF-8; an absent one is empty.
func (o *opener) strings(sec int, n uint32, required bool) (entries, *Error) {
	if !o.has[sec] {
		if required {
			return entries{}, o.missing(sec)
		}
		return entries{}, nil
	}
	return checkEntries(sections[sec].name, o.data[sec], o.at[sec], n, MaxString, func(_, at uint32, entry []byte) *Error {
		if required && len(entry) == 0 {
			return fail(ErrContent, sections[sec].name, at, "empty name", 0)
		}
		if !utf8.Valid(entry) {
			return fail(ErrContent, sections[sec].name, at, "not UTF-8", uint64(len(entry)))
		}
		if (sec == secURLs || sec == secImages) && !SafeReference(entry) {
			return fail(ErrContent, sections[sec].name, at, "neither http(s) nor a path", uint64(len(entry)))
		}
		return nil
	})
}

func (o *opener) display() *Error {
	p := &o.p
	p.site = o.data[secSite]
	if len(p.site) > MaxSite || !utf8.Valid(p.site) {
		return o.bad(secSite, 0, "site is not UTF-8 of at most 255 bytes", uint64(len(p.site)))
	}
	for _, f := range []struct {
		sec      int
		n        uint32
		required bool
		to       *entries
	}{
		{secIDs, p.items, p.items > 0, &p.ids},
		{secURLs, p.items, false, &p.urls},
		{secTitles, p.items, false, &p.titles},
		{secImages, p.items, false, &p.images},
		{secTopicNames, p.topics, p.topics > 0, &p.topicNames},
		{secSlotNames, uint32(p.slots), true, &p.slotNames},
		{secLanguageNames, uint32(p.languages), p.languages > 0, &p.languageNames},
		{secCurrencyNames, uint32(p.currencies), p.currencies > 0, &p.currencyName},
	} {
		var err *Error
		if *f.to, err = o.strings(f.sec, f.n, f.required); err != nil {
			return err
		}
	}
	for s := range p.slots {
		name := p.SlotName(s)
		if len(name) > MaxSlotName {
			return o.bad(secSlotNames, 0, "name is longer than "+decimal(MaxSlotName)+" bytes", uint64(len(name)))
		}
		if first, _ := p.FindSlot(name); first != s {
			return o.bad(secSlotNames, 0, "two slots have one name", uint64(s))
		}
	}
	withURL := uint32(0)
	for i := range p.items {
		if len(p.URL(i)) > 0 {
			withURL++
		}
	}
	var err *Error
	if p.byID, err = o.index(secByID, p.items, p.ids); err != nil {
		return err
	}
	p.byURL, err = o.index(secByURL, withURL, p.urls)
	return err
}

// index checks that a section names n items in strictly rising order of their names. As n is the number of items that
// have one, all of them are there, and no name stands twice.
func (o *opener) index(sec int, n uint32, names entries) (table, *Error) {
	t, err := o.table(sec, n, false)
	if err != nil {
		return t, err
	}
	var before []byte
	for i := range n {
		item := u32(t.at(i))
		if item >= o.p.items {
			return t, o.bad(sec, i*t.width, "no such item", uint64(item))
		}
		name := names.at(item)
		if len(name) == 0 || (i > 0 && compare(before, name) >= 0) {
			return t, o.bad(sec, i*t.width, "names are not in order, or one stands twice", uint64(item))
		}
		before = name
	}
	return t, nil
}
