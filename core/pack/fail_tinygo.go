//go:build tinygo

package pack

// The module has no room for texts; see fail.go for what every other build says.

func fail(cause Cause, section, at uint32, _ string, got uint64) *Error {
	return &Error{cause, sectionName(section), at, "", got}
}

func (b *bound) text() string { return "" }
