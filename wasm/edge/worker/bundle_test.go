package worker

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestScript(t *testing.T) {
	script, err := Script([]byte(`{"base":"/x/"}`))
	require.NoError(t, err)
	assert.Contains(t, string(script), `"./nabij.wasm"`)
	assert.Contains(t, string(script), `"./site.pack"`)
	assert.NotContains(t, string(script), "customElements", "of web/src comes what is used")
	t.Logf("%d bytes", len(script))
}
