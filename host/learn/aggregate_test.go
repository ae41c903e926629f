package learn

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPartsAreMerged shows that few files are open at once, however little memory there is.
func TestPartsAreMerged(t *testing.T) {
	all := visitsOf(slices.Repeat([]string{"ab", "bc", "cd", "da"}, 200)...)
	v := putAside(t, t.TempDir(), all, all.Sessions(), 1) // each session is a part
	defer v.Close()
	p := DefaultParams()
	a, err := newAggregate(newWorker(context.Background(), v, Options{}, 1), v, &p)
	require.NoError(t, err)
	defer a.close()
	// 800 are three of 256, two of 16, and none alone.
	require.Len(t, a.parts, 3+2)
	require.Len(t, a.earlier, len(a.parts))
	want, err := Learn(context.Background(), all, p, Options{})
	require.NoError(t, err)
	got, err := Learn(context.Background(), v, p, Options{})
	require.NoError(t, err)
	requireAlike(t, want, got)
}
