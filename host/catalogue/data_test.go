package catalogue_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/catalogue"
)

// shared returns the path of a real data set, which is kept outside the repository, or skips the test.
func shared(t testing.TB, name string) string {
	t.Helper()
	path := "../../../shared/data/" + name
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data set %s is not here (%s): see shared/data/README.md", name, path)
	}
	return path
}

func TestGoodBooks(t *testing.T) {
	items, reports, err := catalogue.ReadAll(context.Background(), []string{shared(t, "goodbooks10k/catalogue.csv")}, catalogue.Options{})
	require.NoError(t, err)
	for _, p := range reports[0].Problems {
		t.Log(p)
	}
	t.Log(reports[0].Totals)
	for _, it := range items[:3] {
		t.Log(dumpItem(it))
	}
	assert.Len(t, items, 10000)
}

func TestOnlineRetail(t *testing.T) {
	items, reports, err := catalogue.ReadAll(context.Background(), []string{shared(t, "online_retail/catalogue.csv")}, catalogue.Options{Currency: "GBP"})
	require.NoError(t, err)
	for _, p := range reports[0].Problems {
		t.Log(p)
	}
	t.Log(reports[0].Totals)
	for _, it := range items[:3] {
		t.Log(dumpItem(it))
	}
	assert.Len(t, items, 3508)
}
