package serve

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInsert(t *testing.T) {
	const tags = "<script defer src=\"/nabij/nabij.js\"></script>\n<script defer src=\"/nabij/-/debug.js\"></script>"
	const debug = `<script defer src="/nabij/-/debug.js"></script>`
	for _, test := range []struct{ name, page, want string }{
		{"at the body's end", "<body>a</body></html>", "<body>a" + tags + "</body></html>"},
		{"at the last of two", "<!-- </body> --><body>a</BODY >", "<!-- </body> --><body>a" + tags + "</BODY >"},
		{"at the end of what has none", "a", "a" + tags},
		{"the overlay alone", `<script defer src="/nabij/nabij.js"></script><body>a</body>`, `<script defer src="/nabij/nabij.js"></script><body>a` + debug + `</body>`},
		{"in other words", `<SCRIPT SRC='https://shop.example/nabij/nabij.js' defer></SCRIPT>`, `<SCRIPT SRC='https://shop.example/nabij/nabij.js' defer></SCRIPT>` + debug},
		{"another's script", `<script src="/js/nabij.json"></script>`, `<script src="/js/nabij.json"></script>` + tags},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, string(insert([]byte(test.page), tags)))
		})
	}
	assert.Equal(t, "a", string(insert([]byte("a"), "")), "a page gets nothing where there is nothing")
	assert.Equal(t, `<script src="/nabij/nabij.js"></script>`,
		string(insert([]byte(`<script src="/nabij/nabij.js"></script>`), `<script defer src="/nabij/nabij.js"></script>`)), "nor twice the same")
}
