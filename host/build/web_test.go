package build

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web"
)

func TestWebNamesFilesByTheirContent(t *testing.T) {
	files, err := Web([]byte("pack"), []byte("module"))
	require.NoError(t, err)
	names := make([]string, len(files))
	for k, f := range files {
		names[k] = f.Name
	}
	assert.Equal(t, []string{PinsName, DataLayerName, ScriptName}, names[3:])
	for k, extension := range []string{".pack", ".wasm", ".js"} {
		want := web.PinOf(extension, files[k].Content)
		assert.Equal(t, want.File, names[k])
		assert.Contains(t, string(files[5].Content), `{"file":"`+want.File+`","integrity":"`+want.Integrity+`"}`)
	}
	var pins web.Pins
	require.NoError(t, json.Unmarshal(files[3].Content, &pins))
	assert.Equal(t, web.Pins{Pack: web.PinOf(".pack", []byte("pack")), Module: web.PinOf(".wasm", []byte("module"))}, pins)
	other, err := Web([]byte("pack 2"), []byte("module"))
	require.NoError(t, err)
	assert.NotEqual(t, files[0].Name, other[0].Name)
	assert.Equal(t, files[1], other[1])
}
