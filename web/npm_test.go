package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web"
)

// nodeModules returns the folder of the npm packages that scripts/install has installed. Without them, or without Node, it
// skips the test, unless CI is set in the environment: there that is a failure.
func nodeModules(t testing.TB) string {
	t.Helper()
	missing := func(what string) {
		t.Helper()
		if os.Getenv("CI") != "" {
			t.Fatal(what)
		}
		t.Skip("left out:", what)
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing("node is not installed")
	}
	lock, err := os.ReadFile("examples/package-lock.json")
	require.NoError(t, err)
	sum := sha256.Sum256(lock)
	tools := os.Getenv("NABIJ_TOOLS")
	if cache := os.Getenv("XDG_CACHE_HOME"); tools == "" && cache != "" {
		tools = filepath.Join(cache, "nabij", "tools")
	} else if home, err := os.UserHomeDir(); tools == "" && err == nil {
		tools = filepath.Join(home, ".cache", "nabij", "tools")
	}
	dir := filepath.Join(tools, "npm-"+hex.EncodeToString(sum[:])[:16], "node_modules")
	if _, err := os.Stat(dir); err != nil {
		missing("the npm packages are not installed; scripts/install installs them")
	}
	return dir
}

// writePackage writes the npm package into DIR/node_modules, as if it was installed there.
func writePackage(t testing.TB, dir string) {
	t.Helper()
	files, err := web.Package("1.2.3")
	require.NoError(t, err)
	for name, content := range files {
		file := filepath.Join(dir, "node_modules", "nabij", filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, content, 0o644))
	}
}

// Every export is a file of the package with a source of its own, and every script that is imported is there.
func TestPackageHasWhatItNames(t *testing.T) {
	files, err := web.Package("1.2.3")
	require.NoError(t, err)
	var manifest struct {
		Name, Version, License string
		Exports                map[string]any
	}
	require.NoError(t, json.Unmarshal(files["package.json"], &manifest))
	assert.Equal(t, []string{"nabij", "1.2.3", "Apache-2.0"}, []string{manifest.Name, manifest.Version, manifest.License})
	assert.Contains(t, manifest.Exports, ".")
	assert.Contains(t, manifest.Exports, "./datalayer")
	for as, target := range manifest.Exports {
		if conditions, ok := target.(map[string]any); ok {
			script := conditions["default"].(string)
			assert.Contains(t, files, strings.TrimPrefix(script, "./"), as)
			assert.Equal(t, strings.TrimSuffix(script, ".js")+".d.ts", conditions["types"], as)
		} else {
			assert.Contains(t, files, strings.TrimPrefix(target.(string), "./"), as)
		}
	}
	imports := regexp.MustCompile(`from "\./([^"]+)"|import "\./([^"]+)"`)
	for name, content := range files {
		for _, found := range imports.FindAllStringSubmatch(string(content), -1) {
			if strings.HasPrefix(name, "dist/") {
				assert.Contains(t, files, "dist/"+found[1]+found[2], name)
			}
		}
	}
	again, err := web.Package("1.2.3")
	require.NoError(t, err)
	assert.Equal(t, files, again)
}

// imported returns a script with what it imports of the package, minified, as a site's own bundler makes it.
func imported(t *testing.T, script string) string {
	dir := t.TempDir()
	writePackage(t, dir)
	result := api.Build(api.BuildOptions{
		Stdin:         &api.StdinOptions{Contents: script, ResolveDir: dir},
		AbsWorkingDir: dir, Bundle: true, Format: api.FormatESModule,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	require.Empty(t, result.Errors)
	return string(result.OutputFiles[0].Contents)
}

func compressed(t *testing.T, text string) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Len()
}

// A bundler leaves out what a site does not import.
func TestTreeShaking(t *testing.T) {
	const element, engine, adapter = `"nabij-suggestions"`, "last_error", "add_to_cart"
	for _, test := range []struct {
		script    string
		maxBytes  int // compressed, as README.md has it
		has, lack []string
	}{
		{`import "nabij"; import "nabij/datalayer";`, 1, nil, []string{element, engine, adapter}},
		{`export { Nabij } from "nabij";`, 5000, []string{engine}, []string{element, adapter, "Not for me"}},
		{`export { Nabij, defineSuggestions } from "nabij";`, 7000, []string{engine, element, "Not for me"}, []string{adapter}},
		{`export { explain } from "nabij/explain";`, 3000, []string{"Not for me"}, []string{engine, adapter}},
		{`export { fromDataLayer } from "nabij/datalayer";`, 500, []string{adapter}, []string{element, engine}},
	} {
		got := imported(t, test.script)
		for _, part := range test.has {
			assert.Contains(t, got, part, test.script)
		}
		for _, part := range test.lack {
			assert.NotContains(t, got, part, test.script)
		}
		size := compressed(t, got)
		assert.LessOrEqual(t, size, test.maxBytes, test.script)
		t.Logf("%5d B minified, %5d B brotli: %s", len(got), size, test.script)
	}
}

// A server can import every entry: none touches what only browsers have before it is used.
func TestPackageOnAServer(t *testing.T) {
	nodeModules(t) // for Node itself
	dir := t.TempDir()
	writePackage(t, dir)
	names, err := web.PackageEntries()
	require.NoError(t, err)
	script := "console.log(typeof window);\n"
	for _, name := range names {
		script += "console.log(Object.values(await import(" + strconv.Quote(strings.TrimSuffix("nabij/"+name, "/index")) + ")).every((v) => typeof v === 'function'));\n"
	}
	node := exec.Command("node", "--input-type=module", "--eval", script)
	node.Dir = dir
	out, err := node.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Equal(t, "undefined\n"+strings.Repeat("true\n", len(names)), string(out))
}
