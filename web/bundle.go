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
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Format:            format,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		Define:            map[string]string{"PINS": placeholder},
		Plugins:           []api.Plugin{embedded},
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

// embedded lets esbuild read the embedded sources, in which imports name scripts as they will be called: x.js for x.ts. Style
// sheets are texts.
var embedded = api.Plugin{Name: "embedded", Setup: func(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: "."}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		name := path.Clean(args.Path)
		if args.Kind != api.ResolveEntryPoint {
			name = path.Join(path.Dir(args.Importer), name)
			if script, ok := strings.CutSuffix(name, ".js"); ok {
				name = script + ".ts"
			}
		}
		return api.OnResolveResult{Path: name, Namespace: "embedded"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".", Namespace: "embedded"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		b, err := fs.ReadFile(sources, args.Path)
		text := string(b)
		if path.Ext(args.Path) != ".css" {
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, err
		}
		sheet := api.Transform(text, api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true})
		text = strings.TrimSpace(string(sheet.Code))
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderText, Errors: sheet.Errors}, err
	})
}}
