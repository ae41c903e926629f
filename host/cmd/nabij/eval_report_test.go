package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/eval"
)

const shopLog = `session_id,item_id,unix_time_s
1,ocean-blue-shirt,1700000000
1,olive-green-jacket,1700000060
2,ocean-blue-shirt,1700003600
2,olive-green-jacket,1700003660
2,striped-silk-shirt,1700003720
`

// TestReport: a report has what the JSON has, and does not say in which folders things are.
func TestReport(t *testing.T) {
	dir, log := buildShop(t), write(t, "later.csv", shopLog)
	page := filepath.Join(t.TempDir(), "report.html")
	stdout, _ := nabij(t, 0, "", "eval", "--pack", dir, "--against", dir, log, "--train", log, "--time", "--json", "--report", page)
	var s eval.Summary
	require.NoError(t, json.Unmarshal([]byte(stdout), &s))
	assert.Len(t, s.Layers, 3)
	assert.Len(t, s.Compared, len(eval.Methods()))
	assert.Equal(t, 3, s.Against.Difference.Ties)
	assert.NotNil(t, s.Curves)
	assert.Positive(t, s.Times.Wasm.MedianUs)
	assert.NotNil(t, s.Top().Lists[0].Diversity)

	text, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Contains(t, string(text), "<h1>How good dist is</h1>")
	assert.Contains(t, string(text), "later.csv")
	assert.Contains(t, string(text), "Against dist")
	assert.NotContains(t, string(text), filepath.Dir(log))
	assert.NotContains(t, string(text), filepath.Dir(dir))
}
