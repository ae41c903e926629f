package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

type suggester struct {
	view
	pack, visit  string
	json, native bool
	at           int64
}

func suggestCommand() *cobra.Command {
	s := &suggester{}
	c := &cobra.Command{
		Use:     "suggest --pack DIR --visit FILE",
		Short:   "Show what a visit would be suggested",
		Long:    "Plays a visit (lines of JSON; - is standard input) through nabij.wasm and shows the suggestions of one slot.\nThe page is that of the visit's last view, the time that of its last signal, unless a flag says otherwise.",
		Example: "  nabij suggest --pack dist --visit visit.jsonl --layer 3\n  echo '{\"at_ms\":0,\"signal\":\"view\",\"item\":\"ocean-blue-shirt\"}' | nabij suggest --pack dist --visit - --json",
		Args:    exactly(0, "flags alone"),
		RunE: func(c *cobra.Command, _ []string) error {
			return s.run(c.Context(), c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	f := c.Flags()
	f.StringVar(&s.pack, "pack", "", "a pack, or a folder that build wrote")
	f.StringVar(&s.visit, "visit", "", "the visit's file")
	s.view.flags(c)
	f.BoolVar(&s.json, "json", false, "print JSON")
	f.BoolVar(&s.native, "native", false, "compute natively beside the module, and fail where they differ")
	f.Int64Var(&s.at, "at", -1, "time in milliseconds")
	return c
}

func (v *view) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&v.slot, "slot", "", "slot's name (the first)")
	f.IntVar(&v.size, "size", 0, "how many (the slot's own size)")
	f.IntVar(&v.layer, "layer", 3, "highest layer that the visitor allows")
	f.StringVar(&v.page, "page", "", "the page's item, by id or URL")
	f.StringVar(&v.topic, "topic", "", "the page's topic, where it has no item")
	f.StringVar(&v.context, "context", "", "classes, as in evening,weekend,phone,region-1,referrer-search")
	f.StringVar(&v.language, "lang", "", "the page's language (the item's)")
}

// answer is what --json prints.
type answer struct {
	Slot        string       `json:"slot"`
	Layer       uint8        `json:"layer"`
	Face        uint8        `json:"face"`
	Faces       uint8        `json:"faces"`
	BitsSpent   float64      `json:"bits_spent"`
	BitsLeft    float64      `json:"bits_left"`
	NowMs       uint64       `json:"now_ms"`
	Page        string       `json:"page,omitempty"`
	Intent      intent       `json:"intent"`
	Suggestions []suggestion `json:"suggestions"`
	Outcomes    []string     `json:"outcomes"`
}

type intent struct {
	Mode       string  `json:"mode"`
	Confidence uint8   `json:"confidence"`
	Topics     []topic `json:"topics"`
}

type topic struct {
	Topic      string `json:"topic"`
	Confidence uint8  `json:"confidence"`
}

type suggestion struct {
	Item   string  `json:"item"`
	Title  string  `json:"title"`
	URL    string  `json:"url"`
	Kind   string  `json:"kind"`
	Score  float64 `json:"score"`
	Lift   float64 `json:"lift"`
	Reason reason  `json:"reason"`
}

type reason struct {
	Code  string `json:"code"`
	Topic string `json:"topic,omitempty"`
	Item  string `json:"item,omitempty"`
	Words string `json:"words"`
}

func (s *suggester) run(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	events, err := readVisit(s.visit, stdin)
	if err != nil {
		return err
	}
	e, err := openEngine(ctx, s.pack)
	if err != nil {
		return err
	}
	defer closing(e, &err)
	got, err := s.ask(ctx, e, events)
	if err != nil {
		return err
	}
	if s.native {
		twin, err := openEngine(ctx, s.pack, host.Native())
		if err != nil {
			return err
		}
		defer closing(twin, &err)
		other, err := s.ask(ctx, twin, events)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(got, other) {
			return fmt.Errorf("the module and native Go differ: %+v and %+v", got, other)
		}
		fmt.Fprintln(stderr, "native Go gives the same")
	}
	for i, o := range got.Outcomes {
		if o != core.Counted.String() {
			fmt.Fprintf(stderr, "signal %d (%s) does not count: %s\n", i+1, events[i].Signal, o)
		}
	}
	if s.json {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(got)
	}
	return got.table(stdout)
}

func readVisit(name string, stdin io.Reader) ([]host.Event, error) {
	if name == "" {
		return nil, fmt.Errorf("%w: --visit is missing", errUsage)
	}
	if name == "-" {
		return host.ReadVisit(stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	events, err := host.ReadVisit(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return events, nil
}

// ask plays the visit and asks for the slot.
func (s *suggester) ask(ctx context.Context, e *host.Engine, events []host.Event) (*answer, error) {
	visit := e.NewSession()
	out := &answer{Suggestions: []suggestion{}, Outcomes: []string{}}
	item, about := pack.NoItem, pack.NoTopic
	for i, event := range events {
		signal, err := e.Signal(event)
		if err != nil {
			return nil, fmt.Errorf("visit, signal %d: %w", i+1, err)
		}
		outcomes, err := visit.Observe(ctx, signal)
		if err != nil {
			return nil, fmt.Errorf("visit, signal %d (%s): %w", i+1, event, err)
		}
		out.Outcomes = append(out.Outcomes, outcomes[0].String())
		if signal.Kind == core.View {
			item, about = signal.Item, signal.Topic
		}
		out.NowMs = max(out.NowMs, event.AtMs)
	}
	if s.at >= 0 {
		out.NowMs = uint64(s.at)
	}
	q, err := s.request(e, item, about)
	if err != nil {
		return nil, err
	}
	q.NowMs = out.NowMs
	in, err := visit.Intent(ctx, q.NowMs)
	if err != nil {
		return nil, err
	}
	reply, err := visit.Suggest(ctx, q)
	if err != nil {
		return nil, err
	}
	out.fill(e, q, reply, in)
	return out, nil
}

func (a *answer) fill(e *host.Engine, q core.Request, r core.Reply, in core.Intent) {
	a.Slot = string(e.Pack().SlotName(q.Slot))
	a.Layer, a.Face, a.Faces = r.Layer, r.Face, r.Faces
	a.BitsSpent, a.BitsLeft = float64(r.BitsSpent)/256, float64(r.BitsLeft)/256
	if q.Item != pack.NoItem {
		a.Page = e.Item(q.Item).ID
	} else if q.Topic != pack.NoTopic {
		a.Page = e.TopicPath(q.Topic)
	}
	a.Intent = intent{in.Mode.String(), in.Confidence, []topic{}}
	for _, t := range in.Topics[:in.TopicCount] {
		a.Intent.Topics = append(a.Intent.Topics, topic{e.TopicPath(t.Topic), t.Confidence})
	}
	for _, s := range r.Suggestions {
		a.Suggestions = append(a.Suggestions, describe(e, s))
	}
}

func describe(e *host.Engine, s core.Suggestion) suggestion {
	shown := e.Item(s.Item)
	out := suggestion{shown.ID, shown.Title, shown.URL, shown.Kind.String(), float64(s.Score) / 1e6, float64(s.Lift) / 1000,
		reason{Code: s.Reason.Code.String(), Words: words(e, s.Reason)}}
	if s.Reason.Topic != pack.NoTopic {
		out.Reason.Topic = e.TopicPath(s.Reason.Topic)
	}
	if s.Reason.Item != pack.NoItem {
		out.Reason.Item = e.Item(s.Reason.Item).ID
	}
	return out
}

func (a *answer) table(w io.Writer) error {
	fmt.Fprintf(w, "slot %s", a.Slot)
	if a.Page != "" {
		fmt.Fprintf(w, " on %s", a.Page)
	}
	fmt.Fprintf(w, ", layer %d", a.Layer)
	if a.Layer == 2 {
		fmt.Fprintf(w, ", face %d of %d, %.1f bits told in this visit, %.1f left", a.Face+1, a.Faces, a.BitsSpent, a.BitsLeft)
	}
	fmt.Fprintf(w, "\n%s, %d %% sure", a.Intent.Mode, a.Intent.Confidence)
	for _, t := range a.Intent.Topics {
		fmt.Fprintf(w, "; %s %d %%", t.Topic, t.Confidence)
	}
	fmt.Fprint(w, "\n\n")
	if len(a.Suggestions) == 0 {
		_, err := fmt.Fprintln(w, "nothing to suggest")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "title\tid\tscore\tlift\treason")
	for _, s := range a.Suggestions {
		fmt.Fprintf(t, "%s\t%s\t%.4f\t%.2f\t%s\n", short(s.Title, 46), short(s.Item, 36), s.Score, s.Lift, s.Reason.Words)
	}
	return t.Flush()
}
