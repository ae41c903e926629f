package rawtag

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/html"
)

var tags = []string{
	`<a>`, `<a href="x">`, `<a href='x"y' hidden>`, `<A HREF=x/y/ B>`, `<a b= "c" d = e f =g>`, `<a/b/c="d"/>`, `<br/>`, `<a a=1 A=2>`,
	`<a =b=c>`, `<a b=>`, `<a b=""c>`, `<a b="&amp;<>">`, "<a\nb\t=\f'c'\r>", `<a b='unclosed>`, `<a b=c'd"e>`, `<a b==c>`, `<a "b">`, `<a b/=c>`, `<a é="ü">`,
}

func TestAttributes(t *testing.T) {
	assert.Equal(t, []Attribute{{"href", `x"y`}, {"hidden", ""}, {"b", "&amp;"}}, Attributes([]byte(`<A HREF='x"y' hidden b="&amp;" href=z>`)))
	for _, tag := range tags {
		same(t, tag)
	}
}

func TestUnescape(t *testing.T) {
	for source, want := range map[string]string{
		"": "", "a&b": "a&b", "&amp;&lt;&gt;&quot;&#39;&apos;": `&<>"''`, "&#x41;&#65;&#65": "AAA", "&Eacute;&eacute;&euro;&ndash;&hearts;": "Éé€–♥", "&#150;&#0;&#xD800;": "–\ufffd\ufffd",
		"?a=1&copy=2&amp=3&reg": "?a=1&copy=2&amp=3®", "a &amp b &ampx &notit; &not; &none;": "a & b &ampx &notit; ¬ &none;", "&semi;&semi": ";&semi", "&": "&", "&#;&#x;": "&#;&#x;",
	} {
		assert.Equal(t, want, Unescape(source), source)
		if source != "&semi;&semi" {
			a := html.NewTokenizer(strings.NewReader("<a b=\"" + strings.ReplaceAll(source, `"`, "") + "\">"))
			a.Next()
			a.TagName()
			_, value, _ := a.TagAttr()
			assert.Equal(t, string(value), Unescape(source), "as the tokenizer of HTML does")
		}
	}
}

// same compares with the tokenizer, where there is a whole tag.
func same(t *testing.T, tag string) {
	z := html.NewTokenizer(strings.NewReader(tag))
	kind := z.Next()
	if kind != html.StartTagToken && kind != html.SelfClosingTagToken || bytes.ContainsAny(z.Raw(), "\x00\r") {
		return
	}
	raw := bytes.Clone(z.Raw())
	_, more := z.TagName()
	var want []Attribute
	for more {
		var name, value []byte
		name, value, more = z.TagAttr()
		if !has(want, string(name)) {
			want = append(want, Attribute{string(name), string(value)})
		}
	}
	got := Attributes(raw)
	for i := range got {
		got[i].Value = html.UnescapeString(got[i].Value)
	}
	for i := range want {
		want[i].Value = html.UnescapeString(want[i].Value) // once more than it was: what it makes of a reference is its own affair
	}
	for i := range got {
		got[i].Value = html.UnescapeString(got[i].Value)
	}
	assert.Equal(t, want, got, "%q", tag)
}

func FuzzAttributes(f *testing.F) {
	for _, tag := range tags {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		Attributes([]byte(tag))
		if !strings.Contains(tag, "&") {
			same(t, tag)
		}
	})
}
