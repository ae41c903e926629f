package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/wasm/abi/abitest"
	"github.com/nabij/nabij/web/browser"
)

// The same calls of the module give the same bytes in every engine as natively.
func TestParity(t *testing.T) {
	t.Parallel()
	const visits = 200 // to each pack
	script, err := os.ReadFile("testdata/replay.js")
	require.NoError(t, err)
	s := newShop(t)
	s.files = map[string]func(http.ResponseWriter, *http.Request){}
	want := map[string]string{}
	for _, name := range abitest.Packs {
		var calls []abitest.Call
		var answers []byte
		visitor := abitest.NewVisitor(abitest.Pack(name), func(c abitest.Call, a abitest.Answer) {
			c.Message = bytes.Clone(c.Message)
			calls = append(calls, c)
			answers = abitest.AppendAnswer(answers, a)
		})
		for seed := range visits {
			visitor.Play(uint64(seed))
		}
		digest := sha256.Sum256(answers)
		want[name] = hex.EncodeToString(digest[:])
		file := abitest.AppendCalls(nil, calls)
		s.files["/calls/"+name] = func(w http.ResponseWriter, _ *http.Request) { w.Write(file) }
		t.Logf("%s: %d visits, %d calls, %d bytes of answers", name, visits, len(calls), len(answers))
	}
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			t.Parallel()
			r := browser.NewRecorder(t, s)
			b := browser.Reuse(t, engine)
			b.Navigate(r.URL + "/p/item-1")
			for _, name := range abitest.Packs {
				var got string
				b.EvalInto(&got, string(script), "/nabij/nabij.1.wasm", "/calls/"+name)
				assert.Equal(t, want[name], got, name)
			}
		})
	}
}
