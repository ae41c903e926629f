package pack_test

import (
	"bytes"
	"hash/fnv"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/core/pack"
)

func hashOf(folded string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(folded))
	return h.Sum32()
}

func TestTermHash(t *testing.T) {
	for _, c := range []struct{ word, folded string }{
		{"", ""},
		{"Fiets", "fiets"},
		{"FIETS42", "fiets42"},
		{"Één", "een"},
		{"crème", "creme"},
		{"CRÈME", "creme"},
		{"coöperatie", "cooperatie"},
		{"Straße", "strase"},
		{"Ærø", "aro"},
		{"Œuvre", "ouvre"},
		{"Łódź", "lodz"},
		{"ĳs", "is"},
		{"ſ", "s"},
		{"3×4÷5", "3×4÷5"}, // no letters
		{"Ƀ", "Ƀ"},         // U+0243, past the table
		{"Ещё", "Ещё"},     // other scripts as they are, case and all
		{"自転車", "自転車"},
		{"e\u0301", "e\u0301"}, // a combining mark stays
		{"\xc3", "\xc3"},       // what is not UTF-8 too
		{"\xc3(", "\xc3("},
		{"\xc5\xff", "\xc5\xff"},
	} {
		assert.Equal(t, hashOf(c.folded), pack.TermHash([]byte(c.word)), "%q", c.word)
	}
}

func TestTermHashFoldsCase(t *testing.T) {
	for r := rune(0); r < 0x180; r++ {
		switch r {
		case 0x130, 0x131: // İ and ı: Unicode's case of them is not the folding's, which makes i of both
		default:
			lower := unicode.ToLower(r)
			assert.Equal(t, pack.TermHash([]byte(string(lower))), pack.TermHash([]byte(string(r))), "%q", r)
		}
	}
}

func words(text []byte) []string {
	var list []string
	for {
		word, rest := pack.NextWord(text)
		if len(word) == 0 {
			return list
		}
		list = append(list, string(word))
		text = rest
	}
}

func TestNextWord(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" ,;-", nil},
		{"regenjas", []string{"regenjas"}},
		{"  heren-regenjas, maat 52! ", []string{"heren", "regenjas", "maat", "52"}},
		{"crème brûlée", []string{"crème", "brûlée"}},
		{"20\u00a0l", []string{"20", "l"}},
		{"20\u202fl", []string{"20", "l"}},
		{"l’été “chaud”…", []string{"l", "été", "chaud"}},
		{"«vélo»", []string{"vélo"}},
		{"½ 10²", []string{"10"}},
		{"€5", []string{"€5"}}, // U+20AC is past the punctuation, and so a letter
		{"自転車、鍵", []string{"自転車、鍵"}},
		{"a\xe2\x80", []string{"a\xe2\x80"}},
		{"a\xe2\x80b", []string{"a\xe2\x80b"}},
		{"\xc2a", []string{"\xc2a"}},
	} {
		assert.Equal(t, c.want, words([]byte(c.text)), "%q", c.text)
	}
}

func FuzzTermHash(f *testing.F) {
	for _, s := range []string{"", "Fiets", "crème", "\xc3", "\xc5\x80", "\xc6\x80"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, word []byte) {
		before := bytes.Clone(word)
		h := pack.TermHash(word)
		if !bytes.Equal(before, word) {
			t.Fatal("the word was written to")
		}
		// Folding is by ASCII case at least.
		for i, c := range word {
			if c >= 'a' && c <= 'z' {
				word[i] -= 'a' - 'A'
			}
		}
		if pack.TermHash(word) != h {
			t.Fatalf("%q and %q differ", before, word)
		}
	})
}

func FuzzNextWord(f *testing.F) {
	for _, s := range []string{"", "heren-regenjas, maat 52!", "l’été", "\xe2\x80", "\xc2", "a\xc2\xa0b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var all []byte
		for rest := text; ; {
			word, after := pack.NextWord(rest)
			separator := rest[:len(rest)-len(after)-len(word)]
			for _, c := range separator {
				if c < 0x80 && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))) {
					t.Fatalf("%q separates", separator)
				}
			}
			for _, c := range word {
				if c < 0x80 && !unicode.IsLetter(rune(c)) && !unicode.IsDigit(rune(c)) {
					t.Fatalf("%q is a word", word)
				}
			}
			all = append(append(all, separator...), word...)
			if len(word) == 0 {
				if len(after) > 0 {
					t.Fatalf("%q is left", after)
				}
				break
			}
			rest = after
		}
		if !bytes.Equal(all, text) {
			t.Fatalf("%q came back as %q", text, all)
		}
	})
}
