//go:build !tinygo

package pack

func fail(cause Cause, section, at uint32, text string, got uint64) *Error {
	return &Error{cause, sectionName(section), at, text, got}
}

// text returns what is out of bounds, in words.
func (b *bound) text() string {
	for i := range bounds {
		if b == &bounds[i] {
			return boundTexts[i]
		}
	}
	return ""
}
