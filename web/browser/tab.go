package browser

import "slices"

// Tab names a tab, or a window that a page opened.
type Tab string

// Tab returns the current tab, that which all methods act on.
func (b *Browser) Tab() Tab {
	b.t.Helper()
	var tab Tab
	b.into(&tab, "get the tab", getWindow, nil)
	return tab
}

// Tabs returns all tabs, in no certain order.
func (b *Browser) Tabs() []Tab {
	b.t.Helper()
	var tabs []Tab
	b.into(&tabs, "list the tabs", getWindows, nil)
	return tabs
}

// NewTab opens an empty tab with the current one's viewport and makes it current. Nothing opened it, so its
// sessionStorage is its own. In WebKit it is a window, for its driver cannot show a tab, and all windows are visible.
func (b *Browser) NewTab() Tab {
	b.t.Helper()
	before := b.viewport(size{})
	kind := "tab"
	if b.Engine == WebKit {
		kind = "window"
	}
	var window struct{ Handle Tab }
	b.into(&window, "open a tab", newWindow, params{"type": kind})
	b.Switch(window.Handle)
	if b.viewport(before) != before {
		b.Resize(before.Width, before.Height)
	}
	return window.Handle
}

// Open opens a page in a new tab, which becomes the current one.
func (b *Browser) Open(url string) Tab {
	b.t.Helper()
	tab := b.NewTab()
	b.Navigate(url)
	return tab
}

// Switch makes a tab current and shows it, which hides the one before.
func (b *Browser) Switch(tab Tab) {
	b.t.Helper()
	// The standard has "handle". Firefox brings the tab to the front only if it is told to.
	b.must("switch to tab "+string(tab), switchWindow, params{"handle": tab, "focus": true})
}

// Close closes the current tab, as a visitor does, and makes another current. The last tab cannot be closed: a browser
// ends with it.
func (b *Browser) Close() {
	b.t.Helper()
	tabs := b.Tabs()
	if len(tabs) == 1 {
		b.t.Fatalf("%s: close the tab: it is the last one", b.Engine)
	}
	closed := b.Tab()
	b.must("close the tab", closeWindow, nil)
	tabs = slices.DeleteFunc(tabs, func(t Tab) bool { return t == closed })
	b.Switch(tabs[len(tabs)-1])
}
