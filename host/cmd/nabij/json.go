package main

import (
	"encoding/json"
	"io"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// What --json prints. Members are added in later versions, and none is renamed or removed.

// suggestionJSON is a suggestion. Score is a probability; Lift is posterior over prior, 1 for no change.
type suggestionJSON struct {
	Item   string     `json:"item"`
	Title  string     `json:"title"`
	URL    string     `json:"url"`
	Kind   string     `json:"kind"`
	Score  float64    `json:"score"`
	Lift   float64    `json:"lift"`
	Reason reasonJSON `json:"reason"`
}

// reasonJSON is a reason; Topic is a path and Item an identifier, empty where the code has none. Words are English.
type reasonJSON struct {
	Code  string `json:"code"`
	Topic string `json:"topic"`
	Facet string `json:"facet,omitempty"`
	Item  string `json:"item"`
	Words string `json:"words"`
}

// intentJSON is an intent; confidences are in percent.
type intentJSON struct {
	Mode       string            `json:"mode"`
	Confidence uint8             `json:"confidence"`
	Topics     []intentTopicJSON `json:"topics"`
}

type intentTopicJSON struct {
	Topic      string `json:"topic"`
	Confidence uint8  `json:"confidence"`
}

// replyJSON is what "nabij suggest --json" prints. Share is the part of plausible visits that would be shown the same list, 0 at layer 3;
// Page is the identifier of the page's item or the path of its topic; Bits are those of the visit's budget; Outcomes has one for each
// signal of the visit, in order.
type replyJSON struct {
	Slot        string           `json:"slot"`
	Layer       uint8            `json:"layer"`
	Face        uint8            `json:"face"`
	Faces       uint8            `json:"faces"`
	Share       float64          `json:"share"`
	BitsSpent   float64          `json:"bits_spent"`
	BitsLeft    float64          `json:"bits_left"`
	NowMs       uint64           `json:"now_ms"`
	Page        string           `json:"page"`
	Intent      intentJSON       `json:"intent"`
	Suggestions []suggestionJSON `json:"suggestions"`
	Outcomes    []string         `json:"outcomes"`
}

// facesJSON is what "nabij faces --json" prints.
type facesJSON struct {
	Slot   string      `json:"slot"`
	Page   string      `json:"page"`
	Layers []layerJSON `json:"layers"`
}

// layerJSON lists what a layer can show; without Bounded there is no list of it.
type layerJSON struct {
	Layer   uint8      `json:"layer"`
	Bounded bool       `json:"bounded"`
	Faces   []faceJSON `json:"faces"`
}

// faceJSON is one list. Share is the part of plausible visits that would pick it.
type faceJSON struct {
	Face        int              `json:"face"`
	Share       float64          `json:"share"`
	Suggestions []suggestionJSON `json:"suggestions"`
}

// pageOf returns the identifier of the page's item, or the path of its topic, or nothing.
func pageOf(e *host.Engine, r core.Request) string {
	if r.Item != pack.NoItem {
		return idOf(e, r.Item)
	}
	return pathOf(e, r.Topic)
}

func idOf(e *host.Engine, item uint32) string {
	if item == pack.NoItem {
		return ""
	}
	return string(e.Pack().ItemID(item))
}

// facetOf returns the name of a facet that stands in a topic's place.
func facetOf(e *host.Engine, topic uint16) string {
	if topic < pack.FirstFacet || topic == pack.NoTopic {
		return ""
	}
	return e.FacetName(topic)
}

func pathOf(e *host.Engine, topic uint16) string {
	if topic >= pack.FirstFacet {
		return ""
	}
	return e.TopicPath(topic)
}

func suggestionsOf(e *host.Engine, suggestions []core.Suggestion) []suggestionJSON {
	p := e.Pack()
	out := make([]suggestionJSON, len(suggestions))
	for i, s := range suggestions {
		out[i] = suggestionJSON{
			Item: idOf(e, s.Item), Title: string(p.Title(s.Item)), URL: string(p.URL(s.Item)), Kind: p.Kind(s.Item).String(),
			Score: float64(s.Score) / 1e6, Lift: float64(s.Lift) / 1e3,
			Reason: reasonJSON{Code: s.Reason.Code.String(), Topic: pathOf(e, s.Reason.Topic), Facet: facetOf(e, s.Reason.Topic), Item: idOf(e, s.Reason.Item), Words: because(e, s.Reason)},
		}
	}
	return out
}

func intentOf(e *host.Engine, in core.Intent) intentJSON {
	out := intentJSON{Mode: in.Mode.String(), Confidence: in.Confidence, Topics: []intentTopicJSON{}}
	for _, t := range in.Topics[:in.TopicCount] {
		out.Topics = append(out.Topics, intentTopicJSON{Topic: e.TopicPath(t.Topic), Confidence: t.Confidence})
	}
	return out
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
