package pack

// foldLatin maps U+00C0 to U+017F to the letter without its marks; ligatures to their first letter.
const foldLatin = "aaaaaaaceeeeiiii" + "dnooooo*ouuuuyts" + "aaaaaaaceeeeiiii" + "dnooooo*ouuuuyty" + // U+00C0
	"aaaaaaccccccccdd" + "ddeeeeeeeeeegggg" + "gggghhhhiiiiiiii" + "iiiijjkkklllllll" + // U+0100
	"lllnnnnnnnnnoooo" + "oooorrrrrrssssss" + "ssttttttuuuuuuuu" + "uuuuwwyyyzzzzzzs" // U+0140

// TermHash hashes a word as terms are looked up: folded to lower case without marks in ASCII and the Latin letters up to
// U+017F, other letters as they are, by 32-bit FNV-1a over the folded UTF-8.
func TermHash(word []byte) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		} else if c >= 0xc3 && c <= 0xc5 && i+1 < len(word) && word[i+1]&0xc0 == 0x80 {
			// Two bytes of U+00C0 to U+017F.
			if f := foldLatin[(int(c)-0xc3)*64+int(word[i+1]&0x3f)]; f != '*' {
				c = f
				i++
			}
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// NextWord returns the first word of text, a run of letters and digits, and what follows it; an empty word at the end.
// All of UTF-8 beyond ASCII counts as letters, except U+0080 to U+00BF, which are signs and the no-break space, and the
// punctuation of U+2000 to U+207F.
func NextWord(text []byte) (word, rest []byte) {
	start := 0
	for start < len(text) {
		n := wordByte(text[start:])
		if n > 0 {
			break
		}
		start -= n
	}
	end := start
	for end < len(text) {
		n := wordByte(text[end:])
		if n <= 0 {
			break
		}
		end += n
	}
	return text[start:end], text[end:]
}

// wordByte returns how many bytes at the start of b belong to a word, or minus how many belong to none.
func wordByte(b []byte) int {
	c := b[0]
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return 1
	case c < 0x80:
		return -1
	case c == 0xc2 && len(b) > 1 && b[1]&0xc0 == 0x80:
		return -2 // U+0080 to U+00BF
	case c == 0xe2 && len(b) > 2 && (b[1] == 0x80 || b[1] == 0x81) && b[2]&0xc0 == 0x80:
		return -3 // U+2000 to U+207F
	}
	return 1
}
