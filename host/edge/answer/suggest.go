package answer

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/edge/markup"
	"github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/host/edge/page"
)

// maxAge is for how long suggestions may be kept: as long as a pack that is read in the background takes to be seen.
const maxAge = 300 * time.Second

// asked is what a request for suggestions asks for.
type asked struct {
	slot, language string
	html           bool
	// class is the request's; told says that its address tells it, so that it is the same for everyone.
	class   moment.Class
	told    bool
	request core.Request
}

type about struct {
	Item  string `json:"item,omitempty"`
	Topic string `json:"topic,omitempty"`
}

type suggestion struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Title string `json:"title"`
	URL   string `json:"url"`
	Image string `json:"image"`
	// Price is in minor units of the currency.
	Price      uint32 `json:"price"`
	Currency   string `json:"currency"`
	PriceWords string `json:"price_words"`
	Language   string `json:"language"`
	Reason     reason `json:"reason"`
}

type reason struct {
	Code  string `json:"code"`
	Item  string `json:"item,omitempty"`
	Topic string `json:"topic,omitempty"`
	Words string `json:"words"`
}

// suggest answers with the suggestions of a slot, as JSON or as what goes into an element <nabij-suggestions>.
func (h *Handler) suggest(w http.ResponseWriter, r *http.Request, site *Site) {
	a, err := h.read(r, site)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	header := w.Header()
	keep := maxAge
	if a.told {
		header.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(keep.Seconds())))
	} else {
		asked := h.request(r)
		if left := moment.Left(asked.Zone, h.now()); site.Classes.Counts(moment.Moment) && left > 0 {
			keep = min(keep, left)
		}
		header.Set("Cache-Control", fmt.Sprintf("private, max-age=%d", int(keep.Seconds())))
		for _, name := range site.Classes.Vary() {
			if name != "Save-Data" { // which an answer does not depend on
				header.Add("Vary", name)
			}
		}
	}
	if unchanged(w, r, fmt.Sprintf(`W/"%s+%s"`, a.class, site.Version())) {
		return
	}
	reply, err := site.Suggest(r.Context(), a.request)
	if err != nil {
		h.failed(fmt.Errorf("suggest: %w", err))
		header.Del("ETag")
		if a.html { // what is included in a page must not be an error
			header.Set("Cache-Control", "no-store")
			write(w, http.StatusOK, "text/html; charset=utf-8", nil)
			return
		}
		refuse(w, http.StatusServiceUnavailable, "the engine failed")
		return
	}
	if a.html {
		body := markup.Suggestions(nil, site.Pack, reply.Suggestions, markup.Slot{Language: a.language, Images: true})
		write(w, http.StatusOK, "text/html; charset=utf-8", body)
		return
	}
	said := struct {
		Pack        string       `json:"pack"`
		Class       string       `json:"class"`
		Slot        string       `json:"slot"`
		About       about        `json:"about"`
		Layer       uint8        `json:"layer"`
		Suggestions []suggestion `json:"suggestions"`
	}{site.Version(), a.class.String(), a.slot, aboutOf(site.Pack, a.request.Item, a.request.Topic), reply.Layer, []suggestion{}}
	for _, s := range reply.Suggestions {
		said.Suggestions = append(said.Suggestions, suggestionOf(site.Pack, s, a.language))
	}
	writeJSON(w, http.StatusOK, said)
}

func (h *Handler) request(r *http.Request) moment.Request {
	if h.Request == nil {
		return moment.Of(r, "", "")
	}
	return h.Request(r)
}

// dotsWithoutLanguage are those of a class that leaves its language to Accept-Language: the number is of this pack's languages, and who asks may
// have another pack.
const dotsWithoutLanguage = 4

// read reads what is asked for. An item or a topic that the pack does not have is none: pages are newer than packs.
func (h *Handler) read(r *http.Request, site *Site) (asked, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return asked{}, errors.New("the query cannot be read")
	}
	p := site.Pack
	a := asked{slot: query.Get("slot"), language: query.Get("lang")}
	a.request = core.Request{Layer: 1, Item: pack.NoItem, Topic: pack.NoTopic}
	slot, ok := p.FindSlot([]byte(a.slot))
	if !ok {
		return a, fmt.Errorf("slot: got %q, want one of %s", a.slot, strings.Join(slotNames(p), ", "))
	}
	a.request.Slot = slot
	if err := a.readPage(query, p, r); err != nil {
		return a, err
	}
	if size := query.Get("size"); size != "" {
		n, err := strconv.ParseUint(size, 10, 8)
		if err != nil || n < 1 || n > pack.MaxSlotSize {
			return a, fmt.Errorf("size: got %q, want 1 to %d", size, pack.MaxSlotSize)
		}
		a.request.Size = uint8(n)
	}
	switch format := query.Get("format"); format {
	case "", "json":
	case "html":
		a.html = true
	default:
		return a, fmt.Errorf("format: got %q, want json or html", format)
	}
	if class := query.Get("class"); class != "" {
		if a.told = strings.Count(class, ".") != dotsWithoutLanguage; !a.told {
			class = fmt.Sprint(class, ".", site.Classes.Of(h.request(r), h.now()).Language)
		}
		if a.class, err = moment.Parse(class); err != nil {
			return a, err
		}
		if !site.Classes.Has(a.class) {
			return a, fmt.Errorf("class: no request is of class %s here", a.class)
		}
	} else {
		a.class = site.Classes.Of(h.request(r), h.now())
	}
	a.request.Context = a.class.Context()
	if a.language != "" {
		a.request.Context.Language = site.Classes.FindLanguage(a.language)
	}
	return a, nil
}

func (a *asked) readPage(query url.Values, p *pack.Pack, r *http.Request) error {
	item, topic, address := query.Get("item"), query.Get("topic"), query.Get("url")
	given := 0
	for _, value := range []string{item, topic, address} {
		if value != "" {
			given++
		}
	}
	if given > 1 {
		return errors.New("item, topic, url: only one of them can be what a page is about")
	}
	switch {
	case item != "":
		a.request.Item, _ = p.FindID([]byte(item))
	case topic != "":
		a.request.Topic, _ = page.FindTopic(p, topic)
	case address != "":
		own := url.URL{Scheme: "https", Host: hostOf(r), Path: "/"}
		a.request.Item, _ = page.FindAddress(p, &own, address)
	}
	return nil
}

// hostOf returns the host that a request is for. On Workers it stands in the address alone.
func hostOf(r *http.Request) string {
	if r.Host != "" {
		return r.Host
	}
	return r.URL.Host
}

func slotNames(p *pack.Pack) []string {
	var names []string
	for slot := range p.Slots() {
		names = append(names, string(p.SlotName(slot)))
	}
	return names
}

func aboutOf(p *pack.Pack, item uint32, topic uint16) (a about) {
	if item != pack.NoItem {
		a.Item = string(p.ItemID(item))
	}
	switch {
	case topic == pack.NoTopic:
	case topic >= pack.FirstFacet:
		a.Topic = string(p.FacetName(uint8(topic - pack.FirstFacet)))
	default:
		a.Topic = page.TopicPath(p, topic)
	}
	return a
}

func suggestionOf(p *pack.Pack, s core.Suggestion, language string) suggestion {
	about := aboutOf(p, s.Reason.Item, s.Reason.Topic)
	out := suggestion{
		ID: string(p.ItemID(s.Item)), Kind: p.Kind(s.Item).String(), Title: string(p.Title(s.Item)), URL: string(p.URL(s.Item)),
		Image: string(p.Image(s.Item)), Price: p.Price(s.Item), PriceWords: markup.Price(p, s.Item, language),
		Reason: reason{s.Reason.Code.String(), about.Item, about.Topic, markup.Reason(p, s.Reason, language)},
	}
	if c := p.Currency(s.Item); c != 0 {
		out.Currency = string(p.CurrencyName(c - 1))
	}
	if l := p.Language(s.Item); l != 0 {
		out.Language = string(p.LanguageName(l - 1))
	}
	return out
}
