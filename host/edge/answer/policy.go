package answer

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/policy"
)

// policy answers with what suggestions do with a visit and what never happens, for visitors or for programs.
func (h *Handler) policy(w http.ResponseWriter, r *http.Request, site *Site) {
	d := policy.Of(site.Pack)
	d.Edge = &policy.Edge{Classes: counted(&site.Classes), VariantsMax: site.Classes.Variants()}
	header := w.Header()
	header.Set("Cache-Control", "public, max-age=300")
	language, asJSON := policy.English, false
	switch strings.TrimPrefix(r.URL.Path, Prefix) {
	case policy.JSONName:
		asJSON = true
	case policy.HTMLName(policy.Dutch):
		language = policy.Dutch
	case policy.HTMLName(policy.English):
	default:
		header.Set("Vary", "Accept, Accept-Language")
		accept := r.Header.Get("Accept")
		asJSON = strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
		if wanted := r.URL.Query().Get("lang"); wanted != "" {
			language = languageOf(wanted)
		} else {
			language = languageOf(r.Header.Get("Accept-Language"))
		}
	}
	name := "policy." + string(language)
	if asJSON {
		name = "policy.json"
	}
	if unchanged(w, r, `W/"`+name+"+"+site.Version()+`"`) {
		return
	}
	var b bytes.Buffer
	kind, err := "text/html; charset=utf-8", error(nil)
	if asJSON {
		kind, err = "application/json", d.WriteJSON(&b)
	} else {
		header.Set("Content-Language", string(language))
		err = d.WriteHTML(&b, language)
	}
	if err != nil {
		h.failed(err)
		refuse(w, http.StatusInternalServerError, "the policy cannot be written")
		return
	}
	write(w, http.StatusOK, kind, b.Bytes())
}

// languageOf returns what of the policy's languages is preferred, English where none is.
func languageOf(accept string) policy.Language {
	c := moment.Config{Classes: []string{moment.Language}}
	for _, l := range policy.Languages {
		c.Languages = append(c.Languages, string(l))
	}
	class := c.Of(moment.Request{Header: func(string) string { return accept }}, time.Time{})
	if class.Language == 0 {
		return policy.English
	}
	return policy.Languages[class.Language-1]
}

// counted returns what counts, in the order in which the policy tells of it.
func counted(c *moment.Config) []string {
	return slices.DeleteFunc([]string{moment.Moment, moment.Device, moment.Region, moment.Referrer, moment.Language}, func(d string) bool { return !c.Counts(d) })
}
