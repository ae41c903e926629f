package build

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/web"
)

func TestWebNamesFilesByTheirContent(t *testing.T) {
	data := packOf(t, "one")
	files, err := Web(data, []byte("module"), nil)
	require.NoError(t, err)
	names := make([]string, len(files))
	for k, f := range files {
		names[k] = f.Name
	}
	assert.Equal(t, []string{PinsName, DataLayerName, "nabij-explain.js", "policy.json", "policy.nl.html", "policy.en.html", "nabij-suggestions.css", ScriptName}, names[3:])
	for k, name := range names {
		assert.Equal(t, k > 2, Fixed(name), name)
	}
	for k, extension := range []string{".pack", ".wasm", ".js"} {
		want := web.PinOf(extension, files[k].Content)
		assert.Equal(t, want.File, names[k])
		assert.Contains(t, string(files[10].Content), `{"file":"`+want.File+`","integrity":"`+want.Integrity+`"}`)
	}
	var pins web.Pins
	require.NoError(t, json.Unmarshal(files[3].Content, &pins))
	assert.Equal(t, web.Pins{Pack: web.PinOf(".pack", data), Module: web.PinOf(".wasm", []byte("module"))}, pins)
	other, err := Web(packOf(t, "another"), []byte("module"), nil)
	require.NoError(t, err)
	assert.NotEqual(t, files[0].Name, other[0].Name)
	assert.Equal(t, files[1], other[1])
	_, err = Web([]byte("no pack"), []byte("module"), nil)
	assert.ErrorContains(t, err, "build: pack: not a pack")
}

// packOf returns a pack of one item.
func packOf(t *testing.T, id string) []byte {
	t.Helper()
	data, err := pack.Write(pack.Source{Items: []pack.Item{{ID: id}}, Slots: DefaultSlots(), Policy: pack.DefaultPolicy()})
	require.NoError(t, err)
	return data
}

// TestPolicyIsTheConfigurations: what policy.json says under "policy" is what a configuration says, word for word: read as one, it makes
// the policy of the pack again.
func TestPolicyIsTheConfigurations(t *testing.T) {
	want := pack.DefaultPolicy()
	want.MaxLayer, want.Faces, want.Bits, want.FirstPages, want.Signals, want.SettleMs, want.HalfLifeMs, want.FatigueShown = 2, 4, 5, 1, 1<<3|1<<12, 7, 8, 9
	want.FloorPermille, want.HopPermille, want.RepeatPermille, want.FaceVisits, want.FaceSharePermille = 10, 11, 12, 13, 14
	want.Recency, want.RepeatRecency = [16]uint8{15, 2}, [16]uint8{16, 3, 1}
	data, err := pack.Write(pack.Source{Items: []pack.Item{{ID: "a"}}, Slots: DefaultSlots(), Policy: want})
	require.NoError(t, err)
	files, err := policyFiles(data, &Sensitivity{})
	require.NoError(t, err)
	var said struct {
		Policy json.RawMessage `json:"policy"`
	}
	require.NoError(t, json.Unmarshal(files[0].Content, &said))
	config, err := ReadConfig(strings.NewReader(`{"policy": `+string(said.Policy)+`}`), "policy.json")
	require.NoError(t, err)
	assert.Equal(t, &want, config.Policy)
}
