package web_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/web/browser"
)

// exampleFolder returns a copy of web/examples in which the catalogue is built to dist, as its README says.
func exampleFolder(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("left out by -short: it starts a browser")
	}
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("examples")))
	for _, own := range []string{"dist", "node_modules"} { // a person's
		require.NoError(t, os.RemoveAll(filepath.Join(dir, own)))
	}
	config, err := os.ReadFile("examples/nabij.json")
	require.NoError(t, err)
	config = bytes.Replace(config, []byte(`"policy": {`), []byte(`"policy": {"settle_ms": 0, `), 1) // a test does not wait
	require.NoError(t, os.WriteFile(filepath.Join(dir, "nabij.json"), config, 0o644))
	build := exec.Command("go", "run", "../host/cmd/nabij", "build", filepath.Join(dir, "catalogue.jsonl"),
		"--config", filepath.Join(dir, "nabij.json"), "--out", filepath.Join(dir, "dist"))
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return dir
}

// bundleExample bundles an entry of the folder as a site does, with the npm package and the framework as they are installed,
// and returns the file's name.
func bundleExample(t *testing.T, dir, entry string) string {
	t.Helper()
	const bundled = "bundled.js"
	modules := nodeModules(t)
	writePackage(t, dir)
	installed, err := os.ReadDir(modules)
	require.NoError(t, err)
	for _, e := range installed {
		require.NoError(t, os.Symlink(filepath.Join(modules, e.Name()), filepath.Join(dir, "node_modules", e.Name())))
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(dir, entry)}, AbsWorkingDir: dir, Bundle: true, Format: api.FormatESModule, Target: api.ES2022,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		JSX: api.JSXAutomatic, Loader: map[string]api.Loader{".jsonl": api.LoaderText},
		Define: map[string]string{
			"process.env.NODE_ENV": `"production"`,
			"__VUE_OPTIONS_API__":  "false", "__VUE_PROD_DEVTOOLS__": "false", "__VUE_PROD_HYDRATION_MISMATCH_DETAILS__": "false",
		},
		Plugins: []api.Plugin{{Name: "vue", Setup: func(build api.PluginBuild) {
			build.OnLoad(api.OnLoadOptions{Filter: `\.vue$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
				compile := exec.Command("node", filepath.Join(dir, "vue", "compile.mjs"), args.Path)
				compile.Stderr = os.Stderr
				out, err := compile.Output()
				script := string(out)
				return api.OnLoadResult{Contents: &script, Loader: api.LoaderTS}, err
			})
		}}},
	})
	require.Empty(t, result.Errors)
	require.Empty(t, result.Warnings)
	require.NoError(t, os.WriteFile(filepath.Join(dir, bundled), result.OutputFiles[0].Contents, 0o644))
	return bundled
}

// exampleSite serves what nabij built as /nabij/, and else the files of the example that these paths name. Any other path is
// that of a page.
func exampleSite(dir, policy string, files map[string]string, page func(path string) string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /nabij/", http.StripPrefix("/nabij/", http.FileServer(http.Dir(filepath.Join(dir, "dist", "web")))))
	for path, file := range files {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(dir, file)) })
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		http.ServeFile(w, r, filepath.Join(dir, page(r.URL.Path)))
	})
	return mux
}

// layers collects at which layer the slots of this document are filled from now on.
const layers = `() => { window.layers = []; addEventListener("nabij-suggestions", (e) => layers.push(e.detail.layer)); }`

// texts returns those of all elements that a selector finds in the light DOM.
func texts(b *browser.Browser, selector string) []string {
	var got []string
	b.EvalInto(&got, `(selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent)`, selector)
	return got
}

func TestPlainExample(t *testing.T) {
	t.Parallel()
	dir := exampleFolder(t)
	b := browser.Reuse(t, browser.Chromium)
	r := browser.NewRecorder(t, exampleSite(dir, policyHeader, map[string]string{
		"/site.css": "site.css", "/plain.css": "plain/plain.css", "/basket.js": "plain/basket.js",
	}, func(path string) string {
		if path == "/plants/monstera" {
			return "plain/monstera.html"
		}
		return "plain/index.html"
	}))

	// The site's own markup, in which its style sheet works.
	b.Navigate(r.URL + "/")
	b.Wait(`document.querySelectorAll(".card").length === 4`, limit)
	assert.Equal(t, "solid", b.Eval(`getComputedStyle(document.querySelector(".card")).borderStyle`))
	first := texts(b, ".card strong")
	b.Click(".card [data-nabij=dismiss]")
	b.Wait(`document.querySelectorAll(".card").length === 3`, limit)
	assert.Equal(t, first[1:], texts(b, ".card strong"))

	// The element's own, styled by its parts and custom properties.
	b.Click("a")
	b.Wait(isFilled, limit)
	assert.Equal(t, []string{"Calathea with striped leaves", "Rubber tree, dark leaves", "Kentia palm, 90 cm"}, titles(b)[:3])
	assert.Equal(t, "rgb(17, 102, 17) 32px", b.Eval(`(() => { const { shadowRoot } = document.querySelector("nabij-suggestions");
		return getComputedStyle(shadowRoot.querySelector("[part=title]")).color + " " + getComputedStyle(shadowRoot.querySelector("ul")).columnGap; })()`))
	b.Click("nabij-suggestions >>> [part=dismiss]")
	b.Wait(`document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("li").length === 3`, limit)

	// What the site tells Google Tag Manager counts, from the next page on. Each tab is a visit of its own.
	for _, test := range []struct {
		adds bool
		want string
	}{{false, "exploring"}, {true, "deciding"}} {
		b.Open(r.URL + "/plants/monstera")
		b.Wait(isFilled, limit)
		if test.adds {
			b.Click("#add")
		}
		b.Click("a.home")
		b.Wait(`document.querySelectorAll(".card").length > 0`, limit)
		assert.Equal(t, test.want, b.Eval(`nabij.intent().mode`))
	}
	assert.Empty(t, complaints(b))
}

func TestReactExample(t *testing.T) {
	t.Parallel()
	testRoutes(t, "react/main.tsx", "react/index.html", "/react.js", policyHeader)
}

// Vue makes a Trusted Types policy of its own name, and says in the console if it may not.
func TestVueExample(t *testing.T) {
	t.Parallel()
	testRoutes(t, "vue/main.ts", "vue/index.html", "/vue.js", strings.Replace(policyHeader, "trusted-types nabij", "trusted-types nabij vue", 1))
}

// testRoutes visits three pages of an example that loads one document.
func testRoutes(t *testing.T, entry, page, script, policy string) {
	dir := exampleFolder(t)
	bundled := bundleExample(t, dir, entry)
	b := browser.Reuse(t, browser.Chromium)
	r := browser.NewRecorder(t, exampleSite(dir, policy, map[string]string{"/site.css": "site.css", script: bundled},
		func(string) string { return page }))

	b.Navigate(r.URL + "/plants/monstera")
	b.Wait(isFilled, limit)
	b.Eval(layers)
	assert.Equal(t, []string{"Calathea with striped leaves", "Rubber tree, dark leaves", "Kentia palm, 90 cm"}, titles(b)[:3])
	b.Wait(`document.querySelectorAll(".suggestions li").length === 4`, limit)
	asked := len(r.Requests())

	// "Not for me", in the element and in the site's own list.
	b.Click("nabij-suggestions >>> [part=dismiss]")
	b.Wait(`document.querySelector("nabij-suggestions").shadowRoot.querySelectorAll("li").length === 3`, limit)
	assert.NotContains(t, titles(b), "Calathea with striped leaves")
	own := texts(b, ".suggestions a")
	b.Click(".suggestions button")
	b.Wait(`document.querySelectorAll(".suggestions li").length === 3`, limit)
	assert.Equal(t, own[1:], texts(b, ".suggestions a"))

	// Another page of the same document: a page of the visit, with suggestions of its own.
	titled := func(title, suggested string) {
		t.Helper()
		b.Wait(`document.querySelector("h1").textContent === "`+title+`" && `+isFilled, limit)
		b.Wait(`document.querySelector("nabij-suggestions").shadowRoot.querySelector("ul").textContent.includes("`+suggested+`")`, limit)
	}
	b.Click(`nav a[href="/plants/aloe"]`)
	titled("Aloe vera", "Golden barrel cactus")
	assert.NotContains(t, strings.Join(titles(b), "\n"), "leaves", "nothing of the page before")
	b.Wait(`document.querySelectorAll(".suggestions li").length === 4`, limit)

	// A suggestion leads there too, and so does the way back.
	b.Click(`nabij-suggestions >>> a[href="/plants/barrel-cactus"]`)
	titled("Golden barrel cactus", "Aloe vera")
	b.Back()
	titled("Aloe vera", "Golden barrel cactus")
	var got []int
	b.EvalInto(&got, `layers`)
	assert.Equal(t, []int{2, 2, 2}, got, "the first page of a visit is layer 1, and no other is the first")
	assert.Empty(t, complaints(b))

	requests := slices.DeleteFunc(r.Requests()[asked:], func(r browser.Recorded) bool { return r.Target == "/favicon.ico" })
	assert.Empty(t, requests, "nothing was asked for since the first page")
}

// Both ways to the pins that README.md has, with its own scripts.
func TestPins(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var starts []string
	for _, block := range regexp.MustCompile("(?s)```ts\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		if strings.Contains(block[1], "new Nabij") {
			starts = append(starts, block[1])
		}
	}
	require.Len(t, starts, 2)
	for k, way := range []string{"imported", "fetched"} {
		t.Run(way, func(t *testing.T) {
			dir := exampleFolder(t)
			// What they export is for the test to see.
			entry := strings.ReplaceAll(starts[k], "export const nabij", "const nabij = window.nabij") + "\nnabij.ready.then(() => document.body.append(\"ready\"));"
			require.NoError(t, os.WriteFile(filepath.Join(dir, "start.ts"), []byte(entry), 0o644))
			script := bundleExample(t, dir, "start.ts")
			b := browser.Reuse(t, browser.Chromium)
			r := browser.NewRecorder(t, exampleSite(dir, policyHeader, map[string]string{"/react.js": script, "/site.css": "site.css"},
				func(string) string { return "react/index.html" }))
			b.Navigate(r.URL + "/plants/aloe")
			b.Wait(`document.body.textContent.includes("ready")`, limit)
			assert.Equal(t, "jade-plant", b.Eval(`nabij.suggest({ slot: "related" }).suggestions[0].id`))
			assert.Empty(t, complaints(b))
			asked := 0
			for _, request := range r.Requests() {
				if request.Target == "/nabij/pins.json" {
					asked++
				}
			}
			assert.Equal(t, k, asked)
		})
	}
}
