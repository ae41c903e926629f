package web

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

//go:embed package.json
var packageJSON string

//go:embed README.md
var readme string

// DataLayer returns the script of src/datalayer-script.ts, minified: for pages that have Script's tag before its own.
func DataLayer() ([]byte, error) {
	script, err := bundle("src/datalayer-script.ts")
	return []byte(script), err
}

// PackageEntries returns the names of the npm package's entry points, sorted: each is src/NAME.ts, and becomes dist/NAME.js
// and dist/NAME.d.ts. They are those of web/package.json, under "exports".
func PackageEntries() ([]string, error) {
	var manifest struct {
		Exports map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(packageJSON), &manifest); err != nil {
		return nil, fmt.Errorf("web: package.json: %w", err)
	}
	var names []string
	for as, target := range manifest.Exports {
		var files struct{ Default string }
		if json.Unmarshal(target, &files) != nil {
			continue // a file that is not made
		}
		name, made := strings.CutPrefix(files.Default, "./dist/")
		name, script := strings.CutSuffix(name, ".js")
		if !made || !script {
			return nil, fmt.Errorf("web: package.json: exports %s: got %q, want ./dist/NAME.js", as, files.Default)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// Package returns the files of the npm package by their paths in it, but for its licence and its types, which Go cannot make:
// an ES module an entry, and what entries share. version is that of the package, as 1.2.3.
func Package(version string) (map[string][]byte, error) {
	names, err := PackageEntries()
	if err != nil {
		return nil, err
	}
	var entries []api.EntryPoint
	for _, name := range names {
		entries = append(entries, api.EntryPoint{InputPath: "src/" + name + ".ts", OutputPath: name})
	}
	const out = "/dist" // nothing is written there
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: entries,
		Outdir:              out,
		Bundle:              true,
		Splitting:           true,
		Format:              api.FormatESModule,
		Target:              api.ES2022,
		Charset:             api.CharsetUTF8,
		Plugins:             []api.Plugin{from(sources)},
		LogLevel:            api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New("web: " + result.Errors[0].Text)
	}
	files := map[string][]byte{"README.md": []byte(readme)}
	for _, f := range result.OutputFiles {
		files[path.Join("dist", filepath.Base(f.Path))] = f.Contents
	}
	const name = `"name": "nabij",`
	files["package.json"] = []byte(strings.Replace(packageJSON, name, fmt.Sprintf("%s\n\t\"version\": %q,", name, version), 1))
	return files, nil
}
