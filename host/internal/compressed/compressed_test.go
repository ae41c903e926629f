package compressed

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBrotli(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 50_000)
	for k := range data {
		data[k] = byte(r.IntN(10))
	}
	sizes := map[int]int{}
	for _, effort := range []int{Effort(best), Effort(best + 1)} {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, effort)
		_, err := w.Write(data)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		sizes[effort] = Brotli(data, effort)
		assert.Equal(t, b.Len(), sizes[effort])
		back, err := io.ReadAll(brotli.NewReader(&b))
		require.NoError(t, err)
		assert.Equal(t, data, back)
	}
	assert.Less(t, sizes[11], sizes[5])
}
