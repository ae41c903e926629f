package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

type suggestFlags struct {
	moment
	pack, visit, page, topic string
	atMs                     uint64
	json, native             bool
}

func newSuggest() *cobra.Command {
	var f suggestFlags
	cmd := &cobra.Command{
		Use:   "suggest --pack DIR --visit FILE",
		Short: "Show what a visit is shown, and why",
		Long: `Suggest plays a visit through nabij.wasm and prints what a slot then shows.

A visit is a file of JSON lines, oldest first, or - for standard input:

  {"at_ms": 0, "signal": "view", "item": "ocean-blue-shirt"}
  {"at_ms": 12000, "signal": "search", "text": "rain jacket"}
  {"at_ms": 30000, "signal": "dismissed", "topic": "Clothing > Shirts"}
  {"at_ms": 40000, "signal": "preference", "facet": "colour:blue", "value": 100}

  at_ms   milliseconds on any clock that the whole visit shares
  signal  ` + signalList() + `
  item    an id or URL of the site's
  topic   a path, or a name that only one topic has
  facet   what a preference is of beside topics, group:value; nabij check lists them
  text    what was searched or filtered by
  value   milliseconds of engaged, percent of scroll and preference

What is declared on a page, as a preference, makes its list at layer 2; at layer 3
it counts until a value of 0 takes it back.

The page is the last one viewed, and the time that of the newest signal, unless
flags say otherwise. What was viewed counts from the next page on.

With --json the output is one object:

  {"slot", "layer", "face", "faces", "share", "bits_spent", "bits_left", "now_ms",
   "page": the item's id or the topic's path,
   "intent": {"mode", "confidence", "topics": [{"topic", "confidence"}]},
   "suggestions": [{"item", "title", "url", "kind", "score", "lift",
                    "reason": {"code", "topic", "item", "words"}}],
   "outcomes": [one for each signal: "counted", "undeclared", "sensitive" or "meaningless"]}

A share is the part of plausible visits that would be shown the same list, 0 at
layer 3, whose lists are a visit's own. A score is a probability; a lift is how
many times likelier the visit makes the item, 1 for no change; confidences are in
percent. For a facet that was declared, a reason has its name as "facet", too.`,
		Example: `  nabij suggest --pack dist --visit visit.jsonl
  nabij suggest --pack dist --visit visit.jsonl --slot home --layer 2 --page ""
  echo '{"at_ms": 0, "signal": "view", "item": "ocean-blue-shirt"}' | nabij suggest --pack dist --visit - --json
  nabij suggest --pack dist --visit visit.jsonl --context evening,weekend,phone --native`,
		Args: arguments(0, 0, "none: the visit is named by --visit"),
		RunE: func(cmd *cobra.Command, _ []string) error { return suggest(cmd, &f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a pack, or a folder made by nabij build")
	fl.StringVar(&f.visit, "visit", "", "the visit's file, or - for standard input")
	fl.StringVar(&f.page, "page", "", "the page's item, by id or URL; empty for the home page (default the last one viewed)")
	fl.StringVar(&f.topic, "topic", "", "the page's topic, by path or unambiguous name")
	fl.Uint64Var(&f.atMs, "at", 0, "when, in milliseconds on the visit's clock (default the newest signal's at_ms)")
	fl.BoolVar(&f.json, "json", false, "print JSON")
	fl.BoolVar(&f.native, "native", false, "compute natively too, and fail where the replies differ")
	f.flags(cmd)
	return cmd
}

func signalList() string {
	names := signalNames()
	return strings.Join(names[:8], ", ") + ",\n          " + strings.Join(names[8:], ", ")
}

// answer is what a visit leads to.
type answer struct {
	Reply    core.Reply
	Intent   core.Intent
	Outcomes []core.Outcome
	Saved    []byte
}

func suggest(cmd *cobra.Command, f *suggestFlags) error {
	if err := errors.Join(required("pack", f.pack, "a pack, or a folder made by nabij build"),
		required("visit", f.visit, "a file of JSON lines, or - for standard input")); err != nil {
		return usageError{err}
	}
	ctx := cmd.Context()
	e, err := openPack(ctx, f.pack)
	if err != nil {
		return err
	}
	defer e.Close(ctx)
	request, err := f.request(e)
	if err != nil {
		return err
	}
	v, err := openVisit(cmd, e, f.visit)
	if err != nil {
		return err
	}
	if err := f.place(cmd, e, v, &request); err != nil {
		return err
	}
	got, err := v.play(ctx, e, request)
	if err != nil {
		return err
	}
	if f.native {
		if err := compareNative(ctx, e, v, request, got); err != nil {
			return err
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "native: the same reply, intent and saved visit, byte for byte")
	}
	v.tellDropped(cmd.ErrOrStderr(), got.Outcomes)
	if allowed := allowedLayer(e, request); f.layer > int(allowed) {
		fmt.Fprintf(cmd.ErrOrStderr(), "layer %d was asked for; the site allows this slot layer %d at most\n", f.layer, allowed)
	}
	if f.json {
		return writeJSON(cmd.OutOrStdout(), got.json(e, request))
	}
	return got.print(cmd.OutOrStdout(), e, request)
}

// place completes the request with the page and the time.
func (f *suggestFlags) place(cmd *cobra.Command, e *host.Engine, v *visit, r *core.Request) error {
	set := cmd.Flags().Changed
	r.NowMs, r.Item, r.Topic = v.end()
	if set("at") {
		if f.atMs > core.MaxTimeMs {
			return usagef("--at: got %d, want at most %d", f.atMs, uint64(core.MaxTimeMs))
		}
		r.NowMs = f.atMs
	}
	if !set("page") && !set("topic") {
		return nil
	}
	if f.page != "" && f.topic != "" {
		return usagef("--page and --topic: a page has one of them; an item has its own topic")
	}
	r.Item, r.Topic = pack.NoItem, pack.NoTopic
	var err error
	if f.page != "" {
		if r.Item, err = findItem(e, f.page); err != nil {
			return fmt.Errorf("--page: %w", err)
		}
	}
	if f.topic != "" {
		if r.Topic, err = findTopic(e, f.topic); err != nil {
			return fmt.Errorf("--topic: %w", err)
		}
	}
	return nil
}

// play gives the visit to a new session and asks for suggestions at its end.
func (v *visit) play(ctx context.Context, e *host.Engine, r core.Request) (a answer, err error) {
	s := e.NewSession()
	if a.Outcomes, err = v.observe(ctx, s); err != nil {
		return a, err
	}
	r.Explain = true
	if a.Reply, err = s.Suggest(ctx, r); err != nil {
		return a, err
	}
	if a.Intent, err = s.Intent(ctx, r.NowMs); err != nil {
		return a, err
	}
	a.Saved, err = s.Save(ctx)
	return a, err
}

// compareNative plays the visit without WebAssembly and returns an error where the answer is another.
func compareNative(ctx context.Context, e *host.Engine, v *visit, r core.Request, got answer) error {
	native, err := host.OpenNative(e.Pack().Bytes())
	if err != nil {
		return err
	}
	defer native.Close(ctx)
	want, err := v.play(ctx, native, r)
	if err != nil {
		return fmt.Errorf("native: %w", err)
	}
	return got.differs(want)
}

// differs returns an error that names the first part of which a is not want, the native answer.
func (a answer) differs(want answer) error {
	part := ""
	switch {
	case !reflect.DeepEqual(a.Outcomes, want.Outcomes):
		part = fmt.Sprintf("outcomes: wasm %v, native %v", a.Outcomes, want.Outcomes)
	case !reflect.DeepEqual(a.Reply, want.Reply):
		part = fmt.Sprintf("reply: wasm %+v, native %+v", a.Reply, want.Reply)
	case a.Intent != want.Intent:
		part = fmt.Sprintf("intent: wasm %+v, native %+v", a.Intent, want.Intent)
	case !reflect.DeepEqual(a.Saved, want.Saved):
		part = fmt.Sprintf("saved visit: wasm %x, native %x", a.Saved, want.Saved)
	default:
		return nil
	}
	return fmt.Errorf("--native: wasm and native differ, which is a fault in nabij: %s", part)
}

func (a answer) json(e *host.Engine, r core.Request) replyJSON {
	out := replyJSON{
		Slot: string(e.Pack().SlotName(r.Slot)), Layer: a.Reply.Layer, Face: a.Reply.Face, Faces: a.Reply.Faces,
		Share: float64(a.Reply.SharePermille) / 1000, BitsSpent: float64(a.Reply.BitsSpent) / 256, BitsLeft: float64(a.Reply.BitsLeft) / 256, NowMs: r.NowMs,
		Page: pageOf(e, r), Intent: intentOf(e, a.Intent), Suggestions: suggestionsOf(e, a.Reply.Suggestions),
		Outcomes: []string{},
	}
	for _, o := range a.Outcomes {
		out.Outcomes = append(out.Outcomes, o.String())
	}
	return out
}

// print writes the answer for a person.
func (a answer) print(w io.Writer, e *host.Engine, r core.Request) error {
	st := styleOf(w)
	fmt.Fprintf(w, "%s %s%s\n", st.faint("page  "), st.bold(pageTitle(e, r)), st.faint(inBrackets(kindOf(e, r))))
	fmt.Fprintf(w, "%s %s · %s\n", st.faint("slot  "), e.Pack().SlotName(r.Slot), layerWords(e, r, a.Reply))
	fmt.Fprintf(w, "%s %s\n\n", st.faint("intent"), intentWords(e, a.Intent))
	if len(a.Reply.Suggestions) == 0 {
		_, err := fmt.Fprintln(w, "  nothing to suggest here; the slot keeps its own content")
		return err
	}
	if err := printSuggestions(w, e, a.Reply.Suggestions, true); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", st.faint(changeWords(a.Reply)))
	return err
}

// changeWords says what would change the list, as nabij.explain() does in the browser.
func changeWords(r core.Reply) string {
	switch {
	case r.Layer == 3:
		return "The visit changes it where the lift is not 1, as it goes on; \"not for me\" takes an item away; layer 2 shows a public list."
	case isDeclared(r):
		return "The next page changes it, and what else is declared; \"not for me\" takes an item away."
	case r.Layer == 2 && r.Faces > 1:
		return "Another visit may be shown another of these lists; \"not for me\" takes an item away; layer 1 ends the visit's part in it."
	}
	return "Another page or moment changes it, and \"not for me\"; nothing else of the visit does."
}

// isDeclared reports whether a list follows what was declared on its page, and is none of the page's own.
func isDeclared(r core.Reply) bool { return r.Layer == 2 && r.Faces == 1 && r.SharePermille == 0 }

// shareOf writes thousandths as a percentage.
func shareOf(permille uint16) string { return fmt.Sprintf("%.1f %%", float64(permille)/10) }

// printSuggestions writes suggestions as a table. A narrow terminal has no room for codes, which the words stand for.
func printSuggestions(w io.Writer, e *host.Engine, suggestions []core.Suggestion, lifts bool) error {
	width := widthOf(w)
	t := table{columns: []column{{title: "#", right: true}, {title: "title", shrinks: true}, {title: "id", shrinks: true}, {title: "score", right: true}}}
	if lifts {
		t.columns = append(t.columns, column{title: "lift", right: true})
	}
	if width >= narrow {
		t.columns = append(t.columns, column{title: "code"})
	}
	t.columns = append(t.columns, column{title: "reason", shrinks: true})
	for i, s := range suggestions {
		row := []string{strconv.Itoa(i + 1), string(e.Pack().Title(s.Item)), idOf(e, s.Item), percentOf(s.Score)}
		if lifts {
			row = append(row, times(s.Lift))
		}
		if width >= narrow {
			row = append(row, s.Reason.Code.String())
		}
		t.add(append(row, because(e, s.Reason))...)
	}
	return t.write(w, "  ", width, styleOf(w))
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// layerWords says which layer worked and what its list can tell.
func layerWords(e *host.Engine, asked core.Request, r core.Reply) string {
	switch r.Layer {
	case 1:
		words := "layer 1, the same for everyone in this context"
		if min(asked.Layer, allowedLayer(e, asked)) == 2 {
			words += fmt.Sprintf("; layer 2 works from page %d of a visit on", int(e.Pack().Policy().FirstPages)+1)
		}
		return words
	case 2:
		if isDeclared(r) {
			return "layer 2, a list for what was declared on this page, at no bits"
		}
		return fmt.Sprintf("layer 2, list %d of %d, for %s of plausible visits · %s bits spent, %s left",
			r.Face+1, r.Faces, shareOf(r.SharePermille), bits(r.BitsSpent), bits(r.BitsLeft))
	}
	return "layer 3, opt-in"
}

// intentWords says what the visit is probably about.
func intentWords(e *host.Engine, in core.Intent) string {
	if in.Confidence == 0 && in.TopicCount == 0 {
		return "nothing to go on yet"
	}
	words := fmt.Sprintf("%s %d %%", in.Mode, in.Confidence)
	for _, t := range in.Topics[:in.TopicCount] {
		words += fmt.Sprintf(" · %s %d %%", printable(string(e.Pack().TopicName(t.Topic))), t.Confidence)
	}
	return words
}
