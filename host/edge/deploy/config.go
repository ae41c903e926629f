package deploy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
)

// Config is edge.json: what a Worker does before a site. The zero value is usable.
type Config struct {
	moment.Config
	// Base is the address of the folder with the script and its files; empty is "/nabij/".
	Base string `json:"base,omitempty"`
	// Everywhere adds what a page's head needs to each page that has one; otherwise it goes to those that load nabij.js in it.
	Everywhere bool `json:"everywhere,omitempty"`
	// Preload are files that pages are told to fetch early, beside script, module and pack.
	Preload []markup.Preload `json:"preload,omitempty"`
	// Origin is the address of the site's own server. Empty is the static assets where wrangler.jsonc binds some, or else the server
	// that requests went to before there was the Worker.
	Origin string `json:"origin,omitempty"`
	// Pack is where the pack is read from; nil is the one in the folder.
	Pack *Store `json:"pack,omitempty"`
}

// Store is a place of a pack at Cloudflare: a key of the KV namespace that is bound as NABIJ_KV, or of the R2 bucket NABIJ_R2.
type Store struct {
	KV string `json:"kv,omitempty"`
	R2 string `json:"r2,omitempty"`
}

// DefaultBase is the folder that a site serves what a build made for it as.
const DefaultBase = "/nabij/"

// ReadConfig reads edge.json. name stands before what is wrong.
func ReadConfig(r io.Reader, name string) (Config, error) {
	var c Config
	text, err := io.ReadAll(r)
	if err != nil {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, fmt.Errorf("%s: %w", name, readable(err, text))
	}
	if d.More() {
		return c, fmt.Errorf("%s: line %d: there is more after the configuration", name, line(text, d.InputOffset()))
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

const fields = "base, classes, everywhere, origin, pack, preload, regions"

// readable says where a text is no configuration.
func readable(err error, text []byte) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", line(text, syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: %s: got %s, want %s", line(text, kind.Offset), strings.TrimPrefix(kind.Field, "Config."), kind.Value, wanted(kind.Type.String()))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("there is no whole configuration; {} will do")
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("there is no field %s; the fields are %s", field, fields)
	}
	return err
}

func wanted(kind string) string {
	switch {
	case strings.HasPrefix(kind, "[]"):
		return "a list"
	case kind == "string":
		return "a text"
	case kind == "bool":
		return "true or false"
	}
	return "an object"
}

func line(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n"))
}

func (c *Config) check() error {
	if err := c.Config.Check(); err != nil {
		return err
	}
	if c.Base != "" && (!strings.HasSuffix(c.Base, "/") || !pack.SafeReference([]byte(c.Base))) {
		return fmt.Errorf("base: got %q, want the address of a folder, such as %q", c.Base, DefaultBase)
	}
	for k, p := range c.Preload {
		if !pack.SafeReference([]byte(p.Href)) || p.Href == "" {
			return fmt.Errorf("preload[%d].href: got %q, want an address such as \"/nabij/nabij.js\"", k, p.Href)
		}
		if p.As == "" {
			return fmt.Errorf("preload[%d].as: is missing; want what the file is fetched as, such as \"script\"", k)
		}
	}
	if u, err := url.Parse(c.Origin); c.Origin != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "") {
		return fmt.Errorf("origin: got %q, want an address such as \"https://origin.shop.example\"", c.Origin)
	}
	if c.Pack != nil && (c.Pack.KV == "") == (c.Pack.R2 == "") {
		return errors.New(`pack: want one of {"kv": KEY} and {"r2": KEY}; without pack it is the one in the folder`)
	}
	return nil
}
