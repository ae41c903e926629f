package markup

import "github.com/nabij/nabij/host/edge/moment"

// StyleName is the style sheet of suggestions that the edge has filled, beside the script.
const StyleName = "nabij-suggestions.css"

// Preload is a file that a page is about to need.
type Preload struct {
	Href string `json:"href"`
	// As is what it is fetched as: "fetch" for module and pack, "script" for the script.
	As        string `json:"as"`
	Type      string `json:"type,omitempty"`
	Integrity string `json:"integrity,omitempty"`
}

// Head appends to a page what goes into its head, before the script or at its end: the class that its suggestions were made for, their style sheet, which is in the
// folder base, and preloads.
func Head(to []byte, class moment.Class, base string, preloads []Preload) []byte {
	to = append(to, `<meta name="nabij-context" content="`...)
	to = append(to, class.Numbers()...)
	to = append(to, `"><link rel="stylesheet" href="`...)
	to = AppendText(to, base+StyleName)
	to = append(to, `">`...)
	for _, p := range preloads {
		to = append(to, `<link rel="preload"`...)
		to = appendAttribute(to, "href", p.Href)
		to = appendAttribute(to, "as", p.As)
		if p.As == "fetch" {
			to = append(to, " crossorigin"...)
		}
		if p.Type != "" {
			to = appendAttribute(to, "type", p.Type)
		}
		if p.Integrity != "" {
			to = appendAttribute(to, "integrity", p.Integrity)
		}
		to = append(to, '>')
	}
	return to
}

func appendAttribute(to []byte, name, value string) []byte {
	to = append(to, ' ')
	to = append(to, name...)
	to = append(to, `="`...)
	to = AppendText(to, value)
	return append(to, '"')
}
