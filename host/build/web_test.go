package build

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web"
)

func TestWebNamesFilesByTheirContent(t *testing.T) {
	files, err := Web([]byte("pack"), []byte("module"))
	require.NoError(t, err)
	require.Len(t, files, 5)
	script := files[4]
	assert.Equal(t, ScriptName, script.Name)
	for k, extension := range []string{".pack", ".wasm"} {
		f, err := describe("", strings.NewReader(string(files[k].Content)))
		require.NoError(t, err)
		assert.Equal(t, "nabij-"+f.SHA256[:16]+extension, files[k].Name)
		assert.Contains(t, string(script.Content), `{"file":"`+files[k].Name+`","integrity":"`+f.Integrity+`"}`)
	}
	assert.Equal(t, []string{PinsName, DataLayerName}, []string{files[2].Name, files[3].Name})
	var pins web.Pins
	require.NoError(t, json.Unmarshal(files[2].Content, &pins))
	for k, pin := range []web.Pin{pins.Pack, pins.Module} {
		f, err := describe("", strings.NewReader(string(files[k].Content)))
		require.NoError(t, err)
		assert.Equal(t, web.Pin{File: files[k].Name, Integrity: f.Integrity}, pin)
	}
	other, err := Web([]byte("pack 2"), []byte("module"))
	require.NoError(t, err)
	assert.NotEqual(t, files[0].Name, other[0].Name)
	assert.Equal(t, files[1], other[1])
}
