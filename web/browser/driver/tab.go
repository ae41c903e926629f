package driver

import "slices"

// Tab names a tab, or a window that a page opened.
type Tab string

// Tab returns the current tab, that which all methods act on.
func (b *Browser) Tab() (tab Tab, err error) {
	err = b.into(&tab, "get the tab", getWindow, nil)
	return tab, err
}

// Tabs returns all tabs, in no certain order.
func (b *Browser) Tabs() (tabs []Tab, err error) {
	err = b.into(&tabs, "list the tabs", getWindows, nil)
	return tabs, err
}

// NewTab opens an empty tab with the current one's viewport and makes it current. Nothing opened it, so its
// sessionStorage is its own. In WebKit it is a window, for its driver cannot show a tab, and all windows are visible.
func (b *Browser) NewTab() (Tab, error) {
	before, err := b.viewport(size{})
	if err != nil {
		return "", err
	}
	kind := "tab"
	if b.Engine == WebKit {
		kind = "window"
	}
	var window struct{ Handle Tab }
	if err := b.into(&window, "open a tab", newWindow, params{"type": kind}); err != nil {
		return "", err
	}
	if err := b.Switch(window.Handle); err != nil {
		return "", err
	}
	now, err := b.viewport(before)
	if err == nil && now != before {
		err = b.Resize(before.Width, before.Height)
	}
	return window.Handle, err
}

// Open opens a page in a new tab, which becomes the current one.
func (b *Browser) Open(url string) (Tab, error) {
	tab, err := b.NewTab()
	if err != nil {
		return "", err
	}
	return tab, b.Navigate(url)
}

// Switch makes a tab current and shows it, which hides the one before.
func (b *Browser) Switch(tab Tab) error {
	// The standard has "handle". Firefox brings the tab to the front only if it is told to.
	_, err := b.send("switch to tab "+string(tab), switchWindow, params{"handle": tab, "focus": true})
	return err
}

// Close closes the current tab, as a visitor does, and makes another current. The last tab cannot be closed: a browser
// ends with it.
func (b *Browser) Close() error {
	const what = "close the tab"
	tabs, err := b.Tabs()
	if err != nil {
		return err
	}
	if len(tabs) == 1 {
		return b.errorf(what, "it is the last one")
	}
	closed, err := b.Tab()
	if err != nil {
		return err
	}
	if _, err := b.send(what, closeWindow, nil); err != nil {
		return err
	}
	tabs = slices.DeleteFunc(tabs, func(t Tab) bool { return t == closed })
	return b.Switch(tabs[len(tabs)-1])
}
