package build

import (
	"bytes"
	"encoding/json"
	"strings"

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

// Web returns what a site serves, all in one folder: the pack, the module, their pins, the data layer's script, and last the
// script that fetches pack and module by their hashes.
func Web(pack, module []byte) ([]WebFile, error) {
	var files []WebFile
	pin := func(extension string, content []byte) (web.Pin, error) {
		f, err := describe("", bytes.NewReader(content))
		if err != nil {
			return web.Pin{}, err
		}
		name := strings.TrimSuffix(ScriptName, ".js") + "-" + f.SHA256[:16] + extension
		files = append(files, WebFile{name, content})
		return web.Pin{File: name, Integrity: f.Integrity}, nil
	}
	var pins web.Pins
	var err error
	if pins.Pack, err = pin(".pack", pack); err != nil {
		return nil, err
	}
	if pins.Module, err = pin(".wasm", module); err != nil {
		return nil, err
	}
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
	script, err := web.Script(pins)
	if err != nil {
		return nil, err
	}
	return append(files, WebFile{PinsName, append(text, '\n')}, WebFile{DataLayerName, dataLayer}, WebFile{ScriptName, script}), nil
}
