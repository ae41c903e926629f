package audit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser/wire"
)

// sentOf makes of a request's text what was sent.
func sentOf(target, body string, headers ...string) *Sent {
	r := wire.Request{Method: "POST", Target: target, Body: []byte(body), Whole: true, Header: [][2]string{{"Host", "shop.example"}}}
	raw := target + "\n" + body
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, [2]string{name, value})
		raw += "\n" + h
	}
	r.Raw = []byte(raw)
	return requestSent("https", r)
}

// Whatever of a request differs is named, as small as it can be.
func TestPartsApart(t *testing.T) {
	form := "Content-Type: application/x-www-form-urlencoded"
	multi := func(boundary, value string) (string, string) {
		return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\n" + value + "\r\n--" + boundary + "--\r\n",
			"Content-Type: multipart/form-data; boundary=" + boundary
	}
	bodyA, typeA := multi("aaa", "1")
	bodyB, typeB := multi("bbb", "1")
	bodyC, typeC := multi("ccc", "2")
	for _, test := range []struct {
		name string
		a, b *Sent
		want string
	}{
		{"the same", sentOf("/a?x=1", "{}"), sentOf("/a?x=1", "{}"), ""},
		{"a value of the query", sentOf("/a?x=1&y=2", ""), sentOf("/a?x=1&y=3", ""), "query y: 2 > 3"},
		{"a name of the query", sentOf("/a?x=1", ""), sentOf("/a?x=1&y=3", ""), "query y: - > 3"},
		{"the second of two", sentOf("/a?x=1&x=2", ""), sentOf("/a?x=1&x=3", ""), "query x (2): 2 > 3"},
		{"order of the query", sentOf("/a?x=1&y=2", ""), sentOf("/a?y=2&x=1", ""), "names in the query: x, y > y, x"},
		{"a query at all", sentOf("/a", ""), sentOf("/a?", ""), "query : - > "},
		{"a segment", sentOf("/a/b", ""), sentOf("/a/c", ""), "path segment 2: b > c"},
		{"a header", sentOf("/", "", "X-A: 1"), sentOf("/", "", "X-A: 2"), "header X-A: 1 > 2"},
		{"a header more", sentOf("/", ""), sentOf("/", "", "X-A: 2"), "header X-A: - > 2"},
		{"order of headers", sentOf("/", "", "X-A: 1", "X-B: 1"), sentOf("/", "", "X-B: 1", "X-A: 1"), "names of the headers: Host, X-A, X-B > Host, X-B, X-A"},
		{"a cookie", sentOf("/", "", "Cookie: a=1; b=2"), sentOf("/", "", "Cookie: a=1; b=3; c=4"), "cookie b: 2 > 3, cookie c: - > 4"},
		{"the Referer's query", sentOf("/", "", "Referer: https://x/?a=1"), sentOf("/", "", "Referer: https://x/?a=2"), "header Referer, query a: 1 > 2"},
		{"a form's field", sentOf("/", "a=1&b=2", form), sentOf("/", "a=1&b=3", form), "body field b: 2 > 3"},
		{"JSON", sentOf("/", `{"a": [{"b": 1}], "c": "x"}`), sentOf("/", `{"a": [{"b": 2}, true], "c": "x"}`),
			"body field a, length: 1 > 2, body field a[0].b: 1 > 2, body field a[1]: - > true"},
		{"spelling of JSON", sentOf("/", `{"a":1}`), sentOf("/", `{"a": 1}`), "spelling: /\n{\"a\":1} > /\n{\"a\": 1}"},
		{"text", sentOf("/", "a"), sentOf("/", "b"), "body: a > b"},
		{"bytes", sentOf("/", "a"), sentOf("/", "\xff"), `body: a > "\xff"`},
		{"a form's boundary", sentOf("/", bodyA, typeA), sentOf("/", bodyB, typeB), ""},
		{"a field between boundaries", sentOf("/", bodyA, typeA), sentOf("/", bodyC, typeC), "body field q: 1 > 2"},
	} {
		var got []string
		for _, d := range partsApart(test.a, test.b) {
			value := func(s *string) string {
				if s == nil {
					return "-"
				}
				return *s
			}
			got = append(got, fmt.Sprintf("%s: %s > %s", d.place, value(d.from), value(d.to)))
		}
		assert.Equal(t, test.want, strings.Join(got, ", "), test.name)
	}
}

func TestMessages(t *testing.T) {
	masked := func(first byte, payload string) []byte {
		head := []byte{first, 0x80 | byte(len(payload))}
		if len(payload) > 125 {
			head = []byte{first, 0x80 | 126, byte(len(payload) >> 8), byte(len(payload))}
		}
		head = append(head, 1, 2, 3, 4)
		for i := range payload {
			head = append(head, payload[i]^byte(1+i%4))
		}
		return head
	}
	long := strings.Repeat("x", 300)
	all := append(masked(0x81, `{"a": 1}`), masked(0x89, "")...)
	all = append(all, masked(0x82, "\x00")...)
	all = append(all, masked(0x81, long)...)
	all = append(all, masked(0x88, "\x03\xe9")...)
	all = append(all, 0x81, 0x85, 1, 2)
	assert.Equal(t, []part{
		{"message 1 field a", "1"}, {"names in message 1", "a"}, {"ping 1", ""}, {"binary message 1", `"\x00"`},
		{"message 2", long}, {"close 1", `"\x03\xe9"`}, {"bytes after the messages", `"\x81\x85\x01\x02"`},
	}, messages(all))
}

// What two visits that are the same differ in is left out there, and only there.
func TestVariation(t *testing.T) {
	visit := func(sent ...*Sent) *play { return &play{pages: [][]*Sent{sent}} }
	var v variation
	v.learn(
		visit(sentOf("/hit?t=1&a=1", ""), sentOf("/x/11/y", "", "N: 1"), sentOf("/now", "")),
		visit(sentOf("/hit?t=2&a=1", ""), sentOf("/x/12/y", "", "N: 2")),
	)
	var places []string
	for _, p := range v.places {
		places = append(places, p.Path+" "+p.Part)
	}
	require.ElementsMatch(t, []string{"/hit query t", "/x/*/y path segment 2", "/x/*/y header N", "/now "}, places)

	one := visit(sentOf("/hit?t=1&a=1", ""), sentOf("/x/11/y", "", "N: 1"))
	for _, test := range []struct {
		name string
		two  *play
		want string
	}{
		{"only what varies", visit(sentOf("/hit?t=3&a=1", ""), sentOf("/x/13/y", "", "N: 3"), sentOf("/now", "")), ""},
		{"a part beside it", visit(sentOf("/hit?t=3&a=2", ""), sentOf("/x/13/y", "", "N: 3")), "query a"},
		{"the same part of another request", visit(sentOf("/hit?t=1&a=1", ""), sentOf("/x/11/y", "", "N: 1"), sentOf("/hot?t=3", "")), "+ /hot"},
		{"another segment", visit(sentOf("/hit?t=1&a=1", ""), sentOf("/x/11/z", "", "N: 1")), "- /x/11/y, + /x/11/z"},
		{"one more of what varies", visit(sentOf("/hit?t=1&a=1", ""), sentOf("/x/11/y", "", "N: 1"), sentOf("/hit?t=3&a=1", "")), "+ /hit"},
		{"one less", visit(sentOf("/hit?t=1&a=1", "")), "- /x/11/y"},
	} {
		var got []string
		for _, d := range compare(one, test.two, &v) {
			switch {
			case d.one == nil:
				got = append(got, "+ "+d.two.Path)
			case d.two == nil:
				got = append(got, "- "+d.one.Path)
			default:
				got = append(got, d.place)
			}
		}
		assert.Equal(t, test.want, strings.Join(got, ", "), test.name)
	}
}
