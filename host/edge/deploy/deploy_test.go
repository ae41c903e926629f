package deploy_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/deploy"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/web"
)

func TestReadConfig(t *testing.T) {
	c, err := deploy.ReadConfig(strings.NewReader(`{"base": "https://cdn.example/nabij/", "classes": ["moment", "region"], "regions": [["NL", "BE"]],
		"origin": "https://origin.shop.example", "preload": [{"href": "/a.woff2", "as": "font"}], "pack": {"kv": "shop"}}`), "edge.json")
	require.NoError(t, err)
	assert.Equal(t, 9*2, c.Variants())
	assert.Equal(t, &deploy.Store{KV: "shop"}, c.Pack)

	for text, want := range map[string]string{
		``:                              "edge.json: there is no whole configuration; {} will do",
		`{"base"`:                       "edge.json: there is no whole configuration; {} will do",
		"{\n\"base\": \"/a/\",,}":       "edge.json: line 2: invalid character ',' looking for beginning of object key string",
		`{"clases": []}`:                `edge.json: there is no field "clases"; the fields are base, classes, everywhere, origin, pack, preload, regions`,
		"{\n\n\"classes\": \"device\"}": "edge.json: line 3: classes: got string, want a list",
		`{"origin": 7}`:                 "edge.json: line 1: origin: got number, want a text",
		`{"everywhere": 1}`:             "edge.json: line 1: everywhere: got number, want true or false",
		`{} {}`:                         "edge.json: line 1: there is more after the configuration",
		`{"classes": ["weather"]}`:      `edge.json: classes[0]: got "weather", want one of moment, device, region, referrer, language`,
		`{"classes": ["moment", "device", "referrer"]}`: "edge.json: classes: moment 9 × device 3 × referrer 6 makes 162 variants of a page, and at most 96 are allowed",
		`{"classes": ["region"]}`:                       "edge.json: regions: there are none, but region is among classes",
		`{"base": "/nabij"}`:                            `edge.json: base: got "/nabij", want the address of a folder, such as "/nabij/"`,
		`{"base": "javascript:x/"}`:                     `edge.json: base: got "javascript:x/", want the address of a folder, such as "/nabij/"`,
		`{"preload": [{"as": "font"}]}`:                 `edge.json: preload[0].href: got "", want an address such as "/nabij/nabij.js"`,
		`{"preload": [{"href": "/a"}]}`:                 `edge.json: preload[0].as: is missing; want what the file is fetched as, such as "script"`,
		`{"origin": "shop.example"}`:                    `edge.json: origin: got "shop.example", want an address such as "https://origin.shop.example"`,
		`{"origin": "https://shop.example/a"}`:          `edge.json: origin: got "https://shop.example/a", want an address such as "https://origin.shop.example"`,
		`{"pack": {}}`:                                  `edge.json: pack: want one of {"kv": KEY} and {"r2": KEY}; without pack it is the one in the folder`,
		`{"pack": {"kv": "a", "r2": "b"}}`:              `edge.json: pack: want one of {"kv": KEY} and {"r2": KEY}; without pack it is the one in the folder`,
	} {
		_, err := deploy.ReadConfig(strings.NewReader(text), "edge.json")
		assert.EqualError(t, err, want, text)
	}
}

// shop is a pack of two items.
func shop(t *testing.T) []byte {
	data, err := pack.Write(pack.Source{
		Site: "https://shop.example", Languages: []string{"en", "nl"}, Policy: pack.DefaultPolicy(),
		Items: []pack.Item{{ID: "a", Title: "A", URL: "/a"}, {ID: "b", Title: "B", URL: "/b"}},
		Slots: []pack.Slot{{Name: "next", Kinds: pack.AllKinds, Size: 2, Layer: 2}},
	})
	require.NoError(t, err)
	return data
}

func TestModules(t *testing.T) {
	data := shop(t)
	pins := &web.Pins{Module: web.PinOf(".wasm", []byte("m")), Pack: web.PinOf(".pack", data)}
	o := deploy.Options{Pack: data, Pins: pins, App: &deploy.App{Binary: []byte("app"), Script: []byte("script")}}
	modules, err := deploy.Modules(o)
	require.NoError(t, err)
	names := func(modules []workerd.Module) (names []string) {
		for _, m := range modules {
			names = append(names, m.Name)
		}
		return names
	}
	assert.Equal(t, []string{"worker.mjs", "nabij.wasm", "site.pack"}, names(modules))
	for _, part := range []string{"/nabij/nabij.js", "/nabij/" + pins.Module.File, pins.Module.Integrity, "/nabij/" + pins.Pack.File} {
		assert.Contains(t, string(modules[0].Content), part)
	}
	answers, err := deploy.Answers(o)
	require.NoError(t, err)
	assert.Equal(t, []string{"answers.mjs", "nabij.wasm", "site.pack", "go.mjs", "app.wasm"}, names(answers))
	assert.Equal(t, modules[1:], answers[1:3])
	answers, err = deploy.Answers(deploy.Options{Pack: data})
	require.NoError(t, err)
	assert.Empty(t, answers)

	_, err = deploy.Modules(deploy.Options{})
	assert.EqualError(t, err, "deploy: there is neither a pack nor a store that it is read from")
	_, err = deploy.Modules(deploy.Options{Pack: data[:100]})
	var refused *pack.Error
	assert.ErrorAs(t, err, &refused)
	many := deploy.Config{Config: moment.Config{Classes: []string{"moment", "device", "language"}, Regions: nil}}
	_, err = deploy.Modules(deploy.Options{Pack: data, Config: many})
	assert.NoError(t, err, "9 × 3 × 3 are 81")
	many.Classes = append(many.Classes, "region")
	many.Regions = [][]string{{"NL"}}
	_, err = deploy.Modules(deploy.Options{Pack: data, Config: many})
	assert.ErrorContains(t, err, "edge.json: classes: ", "the pack's languages count")
}

// What is made again in a month is the same; each zone that is listed is in it, once, with what it changes to.
func TestTables(t *testing.T) {
	p, err := pack.Open(shop(t))
	require.NoError(t, err)
	at := time.Date(2026, 2, 28, 23, 0, 0, 0, time.UTC)
	tables := deploy.Tables(p, at)
	assert.Equal(t, tables, deploy.Tables(p, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC).UnixMilli(), tables.Zones.FromMS)
	assert.Equal(t, time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC).UnixMilli(), tables.Zones.UntilMS)
	offsets := map[string]string{}
	for line := range strings.Lines(tables.Zones.Offsets) {
		names, numbers, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		for _, name := range strings.Fields(names) {
			assert.NotContains(t, offsets, name)
			offsets[name] = numbers
		}
	}
	// The last Sunday of March at 1:00, and of October.
	assert.Equal(t, "4 1971940 8 1992100 4 2006884 8", offsets["Europe/Amsterdam"])
	assert.Equal(t, "23", offsets["Asia/Kathmandu"])
	assert.Equal(t, "22", offsets["Asia/Kolkata"])
	assert.Len(t, offsets, 418)

	assert.Empty(t, deploy.Tables(nil, at).Prices)
}

// comments leaves the comments out of a text in which no string has //.
func comments(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

func TestFiles(t *testing.T) {
	for name, c := range map[string]struct {
		options     deploy.Options
		has, hasNot []string
	}{
		"before the site's own server": {deploy.Options{}, []string{`// "routes": [{ "pattern": "shop.example/*", "zone_name": "shop.example" }]`}, []string{"ASSETS", "NABIJ_"}},
		"with an origin":               {deploy.Options{Config: deploy.Config{Origin: "https://o.example"}}, nil, []string{"routes", "ASSETS"}},
		"with assets":                  {deploy.Options{Assets: "../public", Name: `a"b`}, []string{`"directory": "../public"`, `"run_worker_first": true`, `"a\"b"`}, []string{"routes"}},
		"with KV":                      {deploy.Options{Config: deploy.Config{Pack: &deploy.Store{KV: "shop"}}}, []string{`"binding": "NABIJ_KV"`}, []string{"NABIJ_R2"}},
		"with R2":                      {deploy.Options{Config: deploy.Config{Pack: &deploy.Store{R2: "shop"}}}, []string{`"binding": "NABIJ_R2"`}, []string{"NABIJ_KV"}},
		"with answers":                 {deploy.Options{App: &deploy.App{}, Name: "x"}, []string{`"services": [{ "binding": "NABIJ_ANSWERS", "service": "x-answers" }]`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.options.Pack = shop(t)
			files, err := deploy.Files(c.options)
			require.NoError(t, err)
			of := map[string]deploy.File{}
			for _, f := range files {
				of[f.Name] = f
			}
			text := string(of["wrangler.jsonc"].Content)
			assert.True(t, json.Valid([]byte(comments(text))), text)
			for _, part := range c.has {
				assert.Contains(t, text, part)
			}
			for _, part := range c.hasNot {
				assert.NotContains(t, text, part)
			}
			assert.Contains(t, string(of["README.md"].Content), "# Nabij at the edge of shop.example")
			again, err := deploy.ReadConfig(strings.NewReader(string(of["edge.json"].Content)), "edge.json")
			require.NoError(t, err)
			assert.Equal(t, c.options.Config.Pack, again.Pack)
			assert.Equal(t, []string{"moment", "device"}, again.Classes)
			for _, name := range []string{"edge.json", "wrangler.jsonc", "README.md"} {
				assert.True(t, of[name].Once, name)
			}
			assert.False(t, of["worker/worker.mjs"].Once)
			assert.Equal(t, c.options.App != nil, of["answers/wrangler.jsonc"].Once)
			assert.Equal(t, c.options.App == nil, !strings.Contains(text, "NABIJ_ANSWERS"))
			if c.options.App != nil {
				text := string(of["answers/wrangler.jsonc"].Content)
				assert.True(t, json.Valid([]byte(comments(text))), text)
				assert.Contains(t, text, `"name": "x-answers"`)
			}
		})
	}
}

// Wrangler takes what is written for the Workers, without a warning.
func TestWranglerDryRun(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it takes some seconds")
	}
	wrangler, err := exec.LookPath("wrangler")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("left out: no wrangler on PATH; `. scripts/tools.sh` has the one of scripts/install")
	}
	app, err := deploy.Compile(t.Context())
	require.NoError(t, err)
	const site, answers = "wrangler.jsonc", "answers/wrangler.jsonc"
	modules := map[string][]string{site: {"nabij.wasm", "site.pack"}, answers: {"nabij.wasm", "site.pack", "go.mjs", "app.wasm"}}
	for name, c := range map[string]struct {
		deploy.Options
		configs []string
	}{
		"before a server":         {deploy.Options{App: app}, []string{answers, site}},
		"with assets and a store": {deploy.Options{Assets: "public", Config: deploy.Config{Pack: &deploy.Store{KV: "shop"}}}, []string{site}},
		"with a store of both":    {deploy.Options{App: app, Config: deploy.Config{Pack: &deploy.Store{R2: "shop"}}}, []string{answers}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.Pack = shop(t)
			files, err := deploy.Files(c.Options)
			require.NoError(t, err)
			require.NoError(t, os.Mkdir(filepath.Join(dir, "public"), 0o755))
			for _, f := range files {
				name := filepath.Join(dir, f.Name)
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
				require.NoError(t, os.WriteFile(name, f.Content, 0o644))
			}
			for _, config := range c.configs {
				cmd := exec.Command(wrangler, "deploy", "--dry-run", "--config", config)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "CI=1", "WRANGLER_SEND_METRICS=false", "NO_COLOR=1", "XDG_CONFIG_HOME="+dir, "HOME="+dir)
				out, err := cmd.CombinedOutput()
				require.NoError(t, err, string(out))
				assert.Contains(t, string(out), "--dry-run: exiting now.")
				assert.NotContains(t, string(out), "WARNING")
				assert.Contains(t, string(out), fmt.Sprintf("Total (%d modules)", len(modules[config])))
				for _, module := range modules[config] {
					assert.Contains(t, string(out), module)
				}
			}
		})
	}
}
