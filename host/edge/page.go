package edge

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/internal/rawtag"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	about "github.com/nabij/nabij/host/edge/page"
)

// Limits of what a page may make the edge keep of it.
const (
	maxTemplate = 64 << 10  // bytes of a slot's template
	maxLinked   = 256 << 10 // bytes of linked data
)

const (
	slotName   = "nabij-suggestions"
	scriptName = "nabij.js"
	// filledName is the slot of the shadow root that suggestions are in: a child in it is there already.
	filledName = "nabij"
)

// page is one on its way. It is a listener of its scanner.
type page struct {
	// write passes bytes on, of which count are the page's own; suggest is asked for what goes into a slot.
	write   func([]byte)
	count   int64
	suggest func(core.Request) ([]core.Suggestion, bool)

	pack    *pack.Pack
	config  *Config
	classes *moment.Config // with the pack's languages
	class   moment.Class
	address *url.URL

	scan *scanner
	said about.Said
	lang string // html's
	// passed says that the page has been at an edge before: then nothing is added.
	passed   bool
	headed   bool // what goes into its head is there
	preloads map[string]bool
	linked   int // bytes of linked data

	slot *slot
	// captured are the bytes of the template or the linked data at hand, while capturing; nil where they are too many.
	captured  []byte
	capturing string // the element's name; empty for none
}

// slot is one that is open.
type slot struct {
	depth      int // how many elements are open when it is the innermost
	name, lang string
	hasLang    bool
	markup.Slot
	// left says that it stays as it is.
	left bool
}

func newPage(p page) *page {
	own := &p
	own.preloads = map[string]bool{}
	own.scan = newScanner(own)
	return own
}

func (p *page) pass(b []byte) {
	if len(b) == 0 {
		return
	}
	if p.capturing != "" && p.captured != nil {
		if len(p.captured)+len(b) > p.room() {
			p.captured = nil
		} else {
			p.captured = append(p.captured, b...)
		}
	}
	p.count += int64(len(b))
	p.write(b)
}

// room is how many bytes may be captured.
func (p *page) room() int {
	if p.capturing == "template" {
		return maxTemplate
	}
	return maxLinked - p.linked
}

func (p *page) capture(name string) { p.capturing, p.captured = name, []byte{} }

// script has the head get what slots need before a script, so that what the page says of their style comes later.
func (p *page) script(raw []byte) {
	open := p.scan.open
	if !p.config.Everywhere && !p.inTemplate("script") && len(open) > 0 && open[len(open)-1] == "head" && isScript(attribute(raw, "src")) {
		p.prepare()
	}
}

func (p *page) start(name string, raw []byte) {
	if s := p.slot; s != nil && p.isChild(s, name) && attribute(raw, "slot") == filledName {
		s.left = true
	}
	if p.inTemplate(name) && name != slotName { // it says nothing of the page
		return
	}
	switch name {
	case "html":
		if p.lang == "" {
			p.lang = attribute(raw, "lang")
		}
	case "meta":
		p.meta(raw)
	case "link":
		p.link(raw)
	case "script":
		if strings.EqualFold(attribute(raw, "type"), "application/ld+json") && p.capturing == "" {
			p.capture(name)
		}
	case slotName:
		p.startSlot(raw)
	case "template":
		p.startTemplate(raw)
	}
}

// isChild reports whether the element that has just been opened is a slot's own child.
func (p *page) isChild(s *slot, name string) bool {
	open := p.scan.open
	return len(open) == s.depth || len(open) == s.depth+1 && open[s.depth] == name && !rawtag.Void(name)
}

// inTemplate reports whether the element that has just been opened is in a template that is a slot's own child.
func (p *page) inTemplate(name string) bool {
	open := p.scan.open
	if p.slot == nil || len(open) <= p.slot.depth || open[p.slot.depth] != "template" {
		return false
	}
	return name != "template" || len(open) > p.slot.depth+1
}

// isScript reports whether an address is that of the script, whatever folder and query it has.
func isScript(src string) bool {
	src = strings.TrimSpace(src)
	if end := strings.IndexAny(src, "?#"); end >= 0 {
		src = src[:end]
	}
	return src[strings.LastIndexByte(src, '/')+1:] == scriptName
}

func (p *page) meta(raw []byte) {
	content := attribute(raw, "content")
	switch attribute(raw, "name") {
	case "nabij-item":
		if p.said.Item == "" {
			p.said.Item = content
		}
	case "nabij-topic":
		if p.said.Topic == "" {
			p.said.Topic = content
		}
	case "nabij-context":
		p.passed = true
	}
}

func (p *page) link(raw []byte) {
	for _, rel := range strings.Fields(strings.ToLower(attribute(raw, "rel"))) {
		switch href := attribute(raw, "href"); rel {
		case "canonical":
			if p.said.Canonical == "" && !p.isOwn(raw) {
				p.said.Canonical = href
			}
		case "preload", "modulepreload":
			if len(p.preloads) < maxNames {
				p.preloads[href] = true
			}
		}
	}
}

// plain is an address of which each way to write it but one is another address.
var plain = regexp.MustCompile(`^[\w:/.?=%+,;@~-]*$`)

// isOwn reports whether a link is to the page itself, by its address as it is: such a one says nothing new.
func (p *page) isOwn(raw []byte) bool {
	path := p.address.RequestURI()
	for _, a := range rawtag.Attributes(raw) {
		if a.Name == "href" {
			host := strings.ToLower(p.address.Host)
			return (a.Value == path || a.Value == "https://"+host+path || a.Value == "http://"+host+path) && plain.MatchString(path)
		}
	}
	return false
}

func (p *page) startSlot(raw []byte) {
	if p.slot != nil { // in another one, which has nothing to be filled in then
		p.slot.left = true
		return
	}
	if n := len(p.scan.open); n == 0 || p.scan.open[n-1] != slotName { // in a drawing, where it has closed itself
		return
	}
	s := &slot{depth: len(p.scan.open), left: raw == nil || p.scan.lost || p.scan.opened["template"] > 0}
	if s.depth > 1 && p.scan.open[s.depth-2] == "p" { // which ends where a list begins, and the slot with it
		s.left = true
	}
	s.Images = true
	for _, a := range rawtag.Attributes(raw) {
		value := rawtag.Unescape(a.Value)
		switch a.Name {
		case "slot-name":
			s.name = value
		case "label":
			s.Label, s.Labelled = value, true
		case "images":
			s.Images = value != "none"
		case "lang":
			s.lang, s.hasLang = value, true
		}
	}
	p.slot = s
}

// startTemplate looks at a template: the first that is a slot's own child is that of its suggestions.
func (p *page) startTemplate(raw []byte) {
	s := p.slot
	if s == nil || s.left || len(p.scan.open) != s.depth+1 || s.Template != nil {
		return
	}
	if raw == nil || has(raw, "shadowrootmode") {
		s.left = true
		return
	}
	p.capture("template")
}

func (p *page) end(name string, own bool) {
	switch {
	case name == p.capturing && (name == "script" || len(p.scan.open) == p.slot.depth+1):
		p.endCapture(name, own)
	case name == "head" && own && p.config.Everywhere && !p.inTemplate(name):
		p.prepare()
	case name == slotName && p.slot != nil && len(p.scan.open) == p.slot.depth:
		s := p.slot
		p.slot = nil
		if own && !s.left && !p.passed {
			p.fill(s)
		}
	}
}

func (p *page) endCapture(name string, own bool) {
	captured := p.captured
	p.capturing, p.captured = "", nil
	if name == "template" {
		if !own || captured == nil {
			p.slot.left = true
		}
		p.slot.Template = captured
		return
	}
	if captured == nil {
		p.linked = maxLinked
		return
	}
	p.linked += len(captured)
	if at := bytes.LastIndex(captured, []byte("</")); at >= 0 && strings.EqualFold(string(captured[at+2:]), name) { // not in a drawing
		captured = captured[:at]
	}
	p.said.Linked = append(p.said.Linked, captured)
}

// prepare adds what slots need to the head, once.
func (p *page) prepare() {
	if p.headed || p.passed {
		return
	}
	p.headed = true
	var wanted []markup.Preload
	for _, preload := range p.config.Preload {
		if !p.preloads[preload.Href] {
			wanted = append(wanted, preload)
		}
	}
	p.add(markup.Head(nil, p.class, p.config.Base, wanted))
}

// fill adds suggestions to a slot whose end tag comes next.
func (p *page) fill(s *slot) {
	number, ok := p.pack.FindSlot([]byte(s.name))
	if !ok || p.pack.Slot(number).Repeats { // what a visit goes on with is the browser's to know
		return
	}
	request := core.Request{Layer: 1, Slot: number, Context: p.class.Context()}
	request.Item, request.Topic = p.said.About(p.pack, p.address)
	if p.lang != "" {
		request.Context.Language = p.classes.FindLanguage(p.lang)
	}
	list, ok := p.suggest(request)
	if !ok {
		return
	}
	s.Language = p.lang
	if s.hasLang {
		s.Language = s.lang
	}
	p.add(markup.Suggestions(nil, p.pack, list, s.Slot))
}

func (p *page) add(b []byte) {
	if len(b) > 0 {
		p.write(b)
	}
}

// attribute returns an attribute's value, empty where there is none.
func attribute(raw []byte, name string) string {
	for _, a := range rawtag.Attributes(raw) {
		if a.Name == name {
			return rawtag.Unescape(a.Value)
		}
	}
	return ""
}

func has(raw []byte, name string) bool {
	for _, a := range rawtag.Attributes(raw) {
		if a.Name == name {
			return true
		}
	}
	return false
}
