package pack

// SafeReference reports whether a page may link to or load ref: it is empty, starts with http:// or https://, or is a
// path on the same site. Spaces, control characters and backslashes are refused, since browsers read them as something
// else ("/\host" is another site).
func SafeReference(ref []byte) bool {
	for _, c := range ref {
		if c <= ' ' || c == '\\' || c == 0x7f {
			return false
		}
	}
	if hasPrefix(ref, "https://") || hasPrefix(ref, "http://") || len(ref) == 0 {
		return true
	}
	return ref[0] == '/' && (len(ref) == 1 || ref[1] != '/')
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}
