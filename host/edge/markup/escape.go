package markup

import "strconv"

// AppendText appends a text as it stands in ASCII between tags and in quoted values. NUL and the controls from U+0080 to U+009F are left
// out: no reference of HTML stands for them.
func AppendText(to []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == '&':
			to = append(to, "&amp;"...)
		case r == '<':
			to = append(to, "&lt;"...)
		case r == '>':
			to = append(to, "&gt;"...)
		case r == '"':
			to = append(to, "&quot;"...)
		case r == '\'':
			to = append(to, "&#39;"...)
		case r == 0 || r >= 0x80 && r < 0xa0:
		case r > 126 || r < ' ' && r != '\t' && r != '\n':
			to = append(to, "&#"...)
			to = strconv.AppendInt(to, int64(r), 10)
			to = append(to, ';')
		default:
			to = append(to, byte(r))
		}
	}
	return to
}
