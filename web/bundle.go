// Package web is the browser's side of Nabij: its sources in TypeScript, bundled here for a site, without Node.
//
// The folder is also the npm package "nabij", for sites that bundle their own scripts.
package web

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

//go:embed src
var sources embed.FS

// Pin is a file beside the script and what it must be: its name, and a hash as Subresource Integrity has it.
type Pin struct {
	File      string `json:"file"`
	Integrity string `json:"integrity"`
}

// PinOf names a file by what is in it, with an extension such as ".wasm". The hash is as short as is safe, since the script
// carries it.
func PinOf(extension string, content []byte) Pin {
	sum := sha256.Sum256(content)
	return Pin{
		File:      fmt.Sprintf("nabij-%x%s", sum[:5], extension),
		Integrity: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]),
	}
}

// Pins are the files that belong together: the script fetches these and no others.
type Pins struct {
	Module  Pin `json:"module"`
	Pack    Pin `json:"pack"`
	Control Pin `json:"control"`
}

// Script returns the script of a site's pages, minified, with the pins in it. It may be called concurrently.
func Script(pins Pins) ([]byte, error) {
	script, err := bundled()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(pins)
	if err != nil {
		return nil, err
	}
	return []byte(strings.Replace(script, placeholder, string(text), 1)), nil
}

// placeholder stands for the pins in the bundle. It has to survive minifying.
const placeholder = `"__NABIJ_PINS__"`

var bundled = sync.OnceValues(func() (string, error) {
	return bundle("src/script.ts")
})

// Control returns the script of the visitor's panel, minified: Script's loads it on pages that have <nabij-control>.
func Control() ([]byte, error) {
	script, err := bundle("src/control-script.ts")
	return []byte(script), err
}

// Debug returns the script of the overlay that "nabij serve" puts on pages, minified. No site needs it.
func Debug() ([]byte, error) {
	script, err := bundle("src/debug-script.ts")
	return []byte(script), err
}

// ExplainName is the name under which Script's imports what Explain returns, from its own folder.
const ExplainName = "nabij-explain.js"

// Explain returns the module that explains suggestions, minified. Script's imports it when nabij.explain() is called, and only then.
func Explain() ([]byte, error) {
	module, err := bundleAs(api.FormatESModule, "src/"+strings.TrimSuffix(ExplainName, ".js")+".ts")
	return []byte(module), err
}

// bundle makes one script of an entry point and what it imports.
func bundle(entry string) (string, error) { return bundleAs(api.FormatIIFE, entry) }

func bundleAs(format api.Format, entry string) (string, error) {
	script, err := build(format, api.CharsetUTF8, sources, entry, map[string]string{"PINS": placeholder})
	if err != nil {
		return "", err
	}
	// Names that esbuild gives are of one script; given anew in each function, the same few come again, and compress better.
	var b strings.Builder
	if err := (&js.Minifier{Version: 2022}).Minify(minify.New(), &b, strings.NewReader(script), nil); err != nil {
		return "", fmt.Errorf("web: %s: %w", entry, err)
	}
	return b.String(), nil
}

// Module bundles an ES module, minified, of sources outside this folder: files has them and those of Sources by their paths in the
// repository, as they import one another. Imports that begin with "./" of what is not in files stay imports. Defined are
// identifiers that stand for a value, as JSON. The module is ASCII, which V8 keeps in half the memory of what is not, and reads faster.
func Module(files fs.FS, entry string, defined map[string]string) ([]byte, error) {
	module, err := build(api.FormatESModule, api.CharsetASCII, files, entry, defined)
	return []byte(module), err
}

// Sources are the sources of this folder, by their paths in it: src/script.ts.
func Sources() fs.FS { return sources }

func build(format api.Format, charset api.Charset, files fs.FS, entry string, defined map[string]string) (string, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Format:            format,
		Target:            api.ES2022,
		Charset:           charset,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		Define:            defined,
		Plugins:           []api.Plugin{from(files)},
		LogLevel:          api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		m := result.Errors[0]
		if m.Location == nil {
			return "", errors.New("web: " + m.Text)
		}
		return "", fmt.Errorf("web: %s:%d: %s", m.Location.File, m.Location.Line, m.Text)
	}
	return strings.TrimSpace(string(result.OutputFiles[0].Contents)), nil
}

// from lets esbuild read sources of files, in which imports name scripts as they will be called: x.js for x.ts. Style sheets are texts.
func from(files fs.FS) api.Plugin {
	return api.Plugin{Name: "files", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: "."}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := path.Clean(args.Path)
			if args.Kind != api.ResolveEntryPoint {
				name = path.Join(path.Dir(args.Importer), name)
				if script, ok := strings.CutSuffix(name, ".js"); ok {
					name = script + ".ts"
				}
			}
			if _, err := fs.Stat(files, name); errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(args.Path, "./") && path.Ext(name) != ".ts" {
				return api.OnResolveResult{Path: args.Path, External: true}, nil
			}
			return api.OnResolveResult{Path: name, Namespace: "files"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".", Namespace: "files"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			if path.Ext(args.Path) == ".css" {
				text, err := styleSheet(files, args.Path)
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, err
			}
			b, err := fs.ReadFile(files, args.Path)
			text := string(b)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, err
		})
	}}
}
