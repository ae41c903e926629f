package build

import (
	"encoding/json"

	"github.com/nabij/nabij/web"
)

// ScriptName is the name of the script that pages load. It stays the same from build to build; what the script fetches
// has names that change with their content, so that a page from a cache finds what belongs with its script.
const ScriptName = "nabij.js"

// The other names that stay the same from build to build.
const (
	// PinsName is the file that says which pack and module belong together, for sites that bundle the npm package.
	PinsName = "pins.json"
	// DataLayerName is the script that makes signals of what a site tells Google Tag Manager.
	DataLayerName = "nabij-datalayer.js"
)

// WebFile is a file for a site to serve.
type WebFile struct {
	Name    string
	Content []byte
}

// Web returns what a site serves, all in one folder, of a pack's bytes and a module's: these and the visitor's panel, named after
// their content; the pins of pack and module; the data layer's script; the module that explains suggestions; what these do with a
// visit, for visitors to read; what pages that an edge fills load instead of the script and in addition to it, a script and a style sheet; and
// last the script that fetches the first three. s is the report's, nil where it is not known: visitors
// read of it what the site takes out of the default lists, and why.
func Web(data, module []byte, s *Sensitivity) ([]WebFile, error) {
	control, err := web.Control()
	if err != nil {
		return nil, err
	}
	pins := web.Pins{Pack: web.PinOf(".pack", data), Module: web.PinOf(".wasm", module), Control: web.PinOf(".js", control)}
	text, err := json.MarshalIndent(struct {
		Module web.Pin `json:"module"`
		Pack   web.Pin `json:"pack"`
	}{pins.Module, pins.Pack}, "", "  ")
	if err != nil {
		return nil, err
	}
	dataLayer, err := web.DataLayer()
	if err != nil {
		return nil, err
	}
	explain, err := web.Explain()
	if err != nil {
		return nil, err
	}
	script, err := web.Script(pins)
	if err != nil {
		return nil, err
	}
	style, err := web.Style()
	if err != nil {
		return nil, err
	}
	told, err := policyFiles(data, s)
	if err != nil {
		return nil, err
	}
	files := []WebFile{
		{pins.Pack.File, data}, {pins.Module.File, module}, {pins.Control.File, control},
		{PinsName, append(text, '\n')}, {DataLayerName, dataLayer}, {web.ExplainName, explain},
	}
	files = append(files, told...)
	return append(files, WebFile{web.StyleName, style}, WebFile{ScriptName, script}), nil
}
