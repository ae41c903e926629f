package browser

// Navigate loads a page in the current tab, as if its address was typed, and waits for its load event.
func (b *Browser) Navigate(url string) {
	b.t.Helper()
	b.must(b.driven.Navigate(url))
}

// Back goes back in the tab's history, and waits for the page.
func (b *Browser) Back() {
	b.t.Helper()
	b.must(b.driven.Back())
}

// Forward goes forward in the tab's history, and waits for the page.
func (b *Browser) Forward() {
	b.t.Helper()
	b.must(b.driven.Forward())
}

// Reload loads the page again, and waits for it.
func (b *Browser) Reload() {
	b.t.Helper()
	b.must(b.driven.Reload())
}

// URL returns the address of the current tab.
func (b *Browser) URL() string {
	b.t.Helper()
	value, err := b.driven.URL()
	return got(b, value, err)
}

// Title returns the title of the current tab.
func (b *Browser) Title() string {
	b.t.Helper()
	value, err := b.driven.Title()
	return got(b, value, err)
}

// Screenshot returns what the current tab shows, without the browser around it, as a PNG.
func (b *Browser) Screenshot() []byte {
	b.t.Helper()
	value, err := b.driven.Screenshot()
	return got(b, value, err)
}

// Resize makes the page's viewport that many CSS pixels wide and high.
func (b *Browser) Resize(width, height int) {
	b.t.Helper()
	b.must(b.driven.Resize(width, height))
}

// ColourScheme has pages prefer a colour scheme from now on; Chromium's only the current tab's. WebKit has none but what
// it was started with, DarkMode or light: for it this fails the test.
func (b *Browser) ColourScheme(s Scheme) {
	b.t.Helper()
	b.must(b.driven.ColourScheme(s))
}

// Console returns what the consoles of all tabs got since the last call, as driver.Browser's Console does.
func (b *Browser) Console() []Message {
	b.t.Helper()
	value, err := b.driven.Console()
	return got(b, value, err)
}

// CollectErrors has Console know what happens in the current document from now on. Only WebKit needs it, and only there
// it changes the page. What happened while the document loaded is not known.
func (b *Browser) CollectErrors() {
	b.t.Helper()
	b.must(b.driven.CollectErrors())
}
