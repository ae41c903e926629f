package pack

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

func hexByte(c byte) string { return hexDigits[c>>4:c>>4+1] + hexDigits[c&15:c&15+1] }

// hexBytes spells v as its bytes stand in a pack.
func hexBytes(v uint64) string {
	s := hexByte(byte(v))
	for range 7 {
		v >>= 8
		s += " " + hexByte(byte(v))
	}
	return s
}

// number is a count of things.
func number(n uint64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return decimal(n) + " " + thing + "s"
}

func thousandths(v uint64) string { return decimal(v/1000) + "." + decimal(1000 + v%1000)[1:] }

// quoteMax is how many characters of a string a line shows; all of its bytes stand before it.
const quoteMax = 60

// quote spells b for a terminal: what is not UTF-8, controls it, or changes the direction of writing is escaped.
func quote(b []byte) string {
	s := `"`
	for n := 0; len(b) > 0; n++ {
		if n == quoteMax {
			return s + `…"`
		}
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			s += `\x` + hexByte(b[0])
		case r == '"' || r == '\\':
			s += `\` + string(r)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xad || r == 0x61c ||
			r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff:
			s += `\u` + hexByte(byte(r>>8)) + hexByte(byte(r))
		default:
			s += string(r)
		}
		b = b[size:]
	}
	return s + `"`
}

// quoteName spells a section's name: as it is when it is as it should be.
func quoteName(name string) string {
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' {
			return quote([]byte(name))
		}
	}
	return name
}
