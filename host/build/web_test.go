package build

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWebNamesFilesByTheirContent(t *testing.T) {
	files, err := Web([]byte("pack"), []byte("module"))
	require.NoError(t, err)
	require.Len(t, files, 3)
	script := files[2]
	assert.Equal(t, ScriptName, script.Name)
	for k, extension := range []string{".pack", ".wasm"} {
		f, err := describe("", strings.NewReader(string(files[k].Content)))
		require.NoError(t, err)
		assert.Equal(t, "nabij-"+f.SHA256[:16]+extension, files[k].Name)
		assert.Contains(t, string(script.Content), `{"file":"`+files[k].Name+`","integrity":"`+f.Integrity+`"}`)
	}
	other, err := Web([]byte("pack 2"), []byte("module"))
	require.NoError(t, err)
	assert.NotEqual(t, files[0].Name, other[0].Name)
	assert.Equal(t, files[1], other[1])
}
