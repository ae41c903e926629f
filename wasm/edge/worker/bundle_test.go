package worker

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestScript(t *testing.T) {
	script, err := Script([]byte(`{"base":"/x/"}`), Tables{})
	require.NoError(t, err)
	assert.Contains(t, string(script), `"./nabij.wasm"`)
	assert.Contains(t, string(script), `"./site.pack"`)
	assert.False(t, strings.ContainsFunc(string(script), func(c rune) bool { return c > 126 }), "V8 keeps it in a byte a character")
	assert.NotContains(t, string(script), "customElements", "of web/src comes what is used")
	t.Logf("%d bytes", len(script))
}

func TestAnswersScript(t *testing.T) {
	script, err := Answers([]byte(`{"pack":{"kv":"a"}}`))
	require.NoError(t, err)
	for _, name := range []string{"./nabij.wasm", "./site.pack", "./go.mjs"} {
		assert.Contains(t, string(script), `"`+name+`"`)
	}
	assert.NotContains(t, string(script), "HTMLRewriter")
	assert.Less(t, len(script), 4000, "nothing is in it of what fills pages")
	t.Logf("%d bytes", len(script))
}
