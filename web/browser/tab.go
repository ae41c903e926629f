package browser

// Tab returns the current tab, that which all methods act on.
func (b *Browser) Tab() Tab {
	b.t.Helper()
	value, err := b.driven.Tab()
	return got(b, value, err)
}

// Tabs returns all tabs, in no certain order.
func (b *Browser) Tabs() []Tab {
	b.t.Helper()
	value, err := b.driven.Tabs()
	return got(b, value, err)
}

// NewTab opens an empty tab with the current one's viewport and makes it current. Nothing opened it, so its
// sessionStorage is its own. In WebKit it is a window, for its driver cannot show a tab, and all windows are visible.
func (b *Browser) NewTab() Tab {
	b.t.Helper()
	value, err := b.driven.NewTab()
	return got(b, value, err)
}

// Open opens a page in a new tab, which becomes the current one.
func (b *Browser) Open(url string) Tab {
	b.t.Helper()
	value, err := b.driven.Open(url)
	return got(b, value, err)
}

// Switch makes a tab current and shows it, which hides the one before.
func (b *Browser) Switch(tab Tab) {
	b.t.Helper()
	b.must(b.driven.Switch(tab))
}

// Close closes the current tab, as a visitor does, and makes another current. The last tab cannot be closed: a browser
// ends with it.
func (b *Browser) Close() {
	b.t.Helper()
	b.must(b.driven.Close())
}
