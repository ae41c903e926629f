package browser

// Selectors of Click, Type and Hover are CSS. What stands behind ">>>" is looked for in the open shadow root of what
// stands before it: "nabij-slot >>> button". The first that matches is meant, and is waited for for some seconds.

// Click scrolls to an element and clicks its middle with the mouse. Another element in front of it is an error.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	b.must(b.driven.Click(selector))
}

// Type focuses an element and types text into it, behind what is there.
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	b.must(b.driven.Type(selector, text))
}

// Hover scrolls to an element and moves the mouse to its middle.
func (b *Browser) Hover(selector string) {
	b.t.Helper()
	b.must(b.driven.Hover(selector))
}

// Key presses and releases keys, one after the other, in whatever has the focus.
func (b *Browser) Key(keys ...Key) {
	b.t.Helper()
	b.must(b.driven.Key(keys...))
}
