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
