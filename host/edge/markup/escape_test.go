package markup

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/html"
)

func TestAppendText(t *testing.T) {
	assert.Equal(t, "a&lt;b&gt; &quot;c&quot; &#39;d&#39; &amp;amp; &#233;&#8364;&#128085;\t\n&#13;&#127;", string(AppendText(nil, "a<b> \"c\" 'd' &amp; é€👕\t\n\r\x7f")))
	assert.Equal(t, "ab&#160;", string(AppendText(nil, "a\x00\u0080\u009fb\u00a0")), "what no reference stands for")
}

// FuzzAppendText: what is read of it is the text, but for what cannot be written; and it is ASCII without anything that could end a value.
func FuzzAppendText(f *testing.F) {
	f.Add("a<b> \"c\" 'd' &amp; é€👕\r")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		written := string(AppendText(nil, text))
		want := ""
		for _, r := range text {
			if r != 0 && (r < 0x80 || r > 0x9f) {
				want += string(r)
			}
		}
		assert.Equal(t, want, html.UnescapeString(written))
		assert.NotRegexp(t, `[<>"'\x00-\x08\x0b-\x1f\x7f-\xff]`, written)
	})
}
