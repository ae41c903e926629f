package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

type learnFlags struct {
	out, params, tune string
	minSessions       int
	neighbours        int
	halfLife          float64
	mostEvents        int
	logs              logFlags
	privacy           privacyFlags
	state             stateFlags
	noBackTest        bool
	memory            byteSize
}

func newLearn() *cobra.Command {
	var f learnFlags
	defaults := learn.DefaultParams()
	cmd := &cobra.Command{
		Use:   "learn [LOG...]",
		Short: "Learn from visits or orders which items go together",
		Long: `Learn reads the visits or orders that a shop already has, and writes which items crowds
met together, for "nabij build --learned". A LOG is recognised by its content, compressed
with gzip or not:

` + describedFormats() + `

A table has an event a row: a session_id (or visitor_id, or order_id), an item_id as the
feeds have it (or a url) and a time; other names are in the documentation of package
host/learn. Its events of one session or visitor must stand in the order of their times.
With --catalogue items are told by the addresses of their pages, their SKUs or titles;
what it lacks is counted and left out. Of its topics is learnt which follow which, and in
which contexts they are likely: by the hour and the day (see --zone), and, where the log
says so, by device, referrer, and region (see --config).

With --tune it first searches for the parameters that suit the log: it learns from the
first nine tenths of the sessions, plays the others, and turns one parameter after the
other. What it finds is written to a file that --params reads, the next time.

With --save what the log adds up to is kept in a state as well, and --update adds the next
log to it without reading the earlier ones again; without a LOG it only writes --out. A
state has pairs that are no crowd's: keep it to yourself, and publish --out alone.

A pair of items is kept only if at least --min-sessions distinct sessions have it, and
so is an item: nothing that is written was done by fewer. --epsilon adds noise on top,
such that the file says next to nothing of any one session; less of the log is left.
What either costs is told at the end, by learning from the first nine tenths of the
log at several thresholds and playing sessions of the last.`,
		Example: `  nabij learn visits.csv --out learned.jsonl
  nabij learn visits.csv --tune params.json --out learned.jsonl
  nabij learn orders-2025.csv.gz orders-2026.csv.gz --out learned.jsonl --half-life 90
  nabij learn access.log* --catalogue feed.xml --zone Europe/Amsterdam --out learned.jsonl
  nabij learn visits.csv --epsilon 4 --out learned.jsonl
  nabij learn visits-2025.csv.gz --save shop.state
  nabij learn --update shop.state yesterday.csv --out learned.jsonl
  nabij build feed.xml --learned learned.jsonl --out dist`,
		Args: arguments(0, -1, "LOGs"),
		RunE: func(cmd *cobra.Command, args []string) error { return runLearn(cmd, args, f) },
	}
	fl := cmd.Flags()
	fl.StringVarP(&f.out, "out", "o", "", "the file to write to")
	fl.IntVar(&f.minSessions, "min-sessions", defaults.MinSessions, "how many distinct sessions a pair must have")
	fl.IntVar(&f.neighbours, "neighbours", defaults.Neighbours, "how many neighbours an item has at most")
	fl.Float64Var(&f.halfLife, "half-life", defaults.HalfLifeDays, "days after which a session counts half; 0 is never")
	f.logs.register(fl)
	fl.IntVar(&f.mostEvents, "most-events", learn.DefaultMostEvents, "how many events a session has at most, or it is a machine's")
	f.privacy.register(fl)
	fl.BoolVar(&f.noBackTest, "no-back-test", false, "do not try what other thresholds would cost")
	fl.StringVar(&f.params, "params", "", "a file with parameters, in JSON, over which flags go")
	f.state.register(fl)
	f.memory = 2_000_000_000
	fl.Var(&f.memory, "memory", "about how much memory to take; sessions beyond go to a temporary file beside --out; 0 is no bound")
	fl.StringVar(&f.tune, "tune", "", "search for the parameters that suit the log, and write them to this file")
	return cmd
}

func runLearn(cmd *cobra.Command, logs []string, f learnFlags) error {
	start := time.Now()
	if err := f.state.check(logs, f.out, f.tune); err != nil {
		return err
	}
	if f.mostEvents < 2 {
		return usagef("--most-events: got %d, want 2 or more", f.mostEvents)
	}
	given, err := readParams(f.params)
	if err != nil {
		return err
	}
	state, err := f.state.open(len(logs) > 0)
	if err != nil {
		return err
	}
	defer state.close()
	ctx, stderr := cmd.Context(), cmd.ErrOrStderr()
	bar := progressOf(stderr)
	defer bar.end()
	read, err := f.logs.options(ctx, bar)
	if err != nil {
		return err
	}
	if err := f.logs.markSensitive(); err != nil {
		return err
	}
	// What is wrong with parameters is so whatever the logs are, which may take long to read.
	if _, err := f.parameters(cmd, given, learn.Report{}, state.state()); err != nil {
		return err
	}
	read.MostEvents, read.Before = f.mostEvents, state.state()
	if f.memory > 0 {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(f.memory)))
		// The other half is for what is made of the sessions.
		read.Memory, read.Folder = max(int64(f.memory)/2, 1), filepath.Dir(cmp.Or(f.out, f.state.name()))
	}
	visits, report := read.Before.Visits(), learn.Report{}
	if len(logs) > 0 {
		visits, report, err = learn.Read(ctx, logs, read)
		bar.end()
		if err != nil {
			return err
		}
	}
	defer visits.Close()
	params, err := f.parameters(cmd, given, report, read.Before)
	if err != nil {
		return err
	}
	if f.tune != "" {
		if params, err = f.tuneParams(cmd, visits, params, bar); err != nil {
			return err
		}
	}
	topics := learn.NewTopics(f.logs.items)
	if params.Privacy.Epsilon > 0 && params.Privacy.Topics == 0 && topics.Count() > 0 {
		params.Privacy.Topics = learn.DefaultPrivateTopics
	}
	save := f.state.save
	if state != nil && len(logs) > 0 {
		save = state.path
	}
	learned, err := learnTo(ctx, save, f.out, state, visits, params, learn.Options{
		Topics: topics, Leave: f.logs.intimate,
		Progress: func(done, total int) { bar.show("learning", int64(done), int64(total)) },
	})
	bar.end()
	if err != nil {
		return err
	}
	var tested *eval.BackTested
	untested := ""
	switch {
	case f.out == "" || f.noBackTest:
	case state != nil:
		untested = "of a state there are no sessions left to play"
	case visits.Spilled() > 0: // what is left of a log beside those would tell of a smaller one
		untested = "sessions were put on disk; with more --memory they are not"
	default:
		if tested, err = backTest(ctx, visits, params, bar); err != nil {
			return err
		}
	}
	return tellLearned(cmd.OutOrStdout(), f, report, visits, learned, tested, untested, time.Since(start))
}

// tuneParams searches for parameters and writes them to a file.
func (f *learnFlags) tuneParams(cmd *cobra.Command, visits *learn.Visits, start learn.Params, bar *progress) (learn.Params, error) {
	ctx, w := cmd.Context(), cmd.OutOrStdout()
	st := styleOf(w)
	newest, err := visits.Newest(ctx)
	if err != nil {
		return start, err
	}
	tuned, trials, err := eval.Tune(ctx, newest, start, eval.TuneOptions{
		Progress: func(t eval.Trial, done, total int) { bar.show("tuning", int64(done), int64(total)) },
	})
	bar.end()
	if err != nil {
		return start, err
	}
	var intent *eval.IntentTrial
	if len(f.logs.items) > 0 {
		bar.show("tuning the intent", 0, 0)
		intent, err = eval.TuneIntent(ctx, f.logs.items, newest, tuned)
		bar.end()
		if err != nil {
			return start, err
		}
		if tuned.Intent = intent.Intent; tuned.Intent == learn.UsualIntent() {
			tuned.Intent = learn.Intent{}
		}
	}
	text, err := json.MarshalIndent(tuned, "", "  ")
	if err != nil {
		return start, err
	}
	err = build.WriteFile(ctx, f.tune, func(w io.Writer) error { _, err := w.Write(append(text, '\n')); return err })
	if err != nil {
		return start, fmt.Errorf("--tune: %w", err)
	}
	if n := newest.Sessions(); visits.Spilled() > 0 {
		fmt.Fprintf(w, "%s  on the %s that ended last, as many as fit in half of --memory\n", st.faint(fmt.Sprintf("%-9s", "tuning")), counted(n, "session"))
	}
	fmt.Fprintf(w, "%s  %s, of which these were better on the last sessions (20 suggestions):\n", st.faint(fmt.Sprintf("%-9s", "tuned")), counted(len(trials), "trial"))
	steps := table{columns: []column{{title: "parameter"}, {title: "hit rate", right: true}, {title: "MRR", right: true}}}
	for k, t := range trials {
		if k == 0 || t.Better {
			steps.add(t.Changed, fmt.Sprintf("%.4f", t.HitRate), fmt.Sprintf("%.4f", t.MRR))
		}
	}
	steps.write(w, "           ", widthOf(w), st)
	if intent != nil && intent.Tuned != nil {
		tellIntentTrial(w, intent)
	}
	fmt.Fprintln(w)
	return tuned, nil
}

// tellIntentTrial prints what was tuned of the intent.
func tellIntentTrial(w io.Writer, t *eval.IntentTrial) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", styleOf(w).faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(w)
	guessed := topicsGuessed(t.Tuned)
	line("intent", "%s", guessed[0])
	line("", "%s", guessed[1])
	line("", "with %d of 256 left of a topic's weight at each view", int(t.Intent.TopicRecency)+1)
	if t.KindBits > 0 {
		line("", "the kinds that modes want were learnt: a next item's kind costs %.3f bits less", t.KindBits)
	} else {
		line("", "the kinds that modes want stay usual: others told no more of the last sessions")
	}
}

// topicsGuessed says how often the engine knew a next item's topic, in two lines.
func topicsGuessed(in *eval.Intents) [2]string {
	percent := func(share float64) string { return percentOf(uint32(math.Round(1e6 * share))) }
	gain := in.Gain
	return [2]string{
		fmt.Sprintf("the next item is of the visit's first topic %s of the time, of its first three %s,", percent(in.Top.Share), percent(in.Top3.Share)),
		fmt.Sprintf("of the last item's %s (the three are %.1f points better, %.1f to %.1f)", percent(in.Last.Share),
			100*gain.Difference, 100*gain.Interval[0], 100*gain.Interval[1]),
	}
}

// parameters returns the parameters for a log: what suits its kind, or what was learnt with a state, then what a file says, then flags.
func (f *learnFlags) parameters(cmd *cobra.Command, given []byte, report learn.Report, state *learn.State) (learn.Params, error) {
	p := usualParams(report)
	if state != nil {
		p = state.Params()
	}
	if err := decodeParams(f.params, given, &p); err != nil {
		return p, err
	}
	fl, fresh := cmd.Flags(), given == nil && state == nil
	if fresh || fl.Changed("min-sessions") {
		p.MinSessions = f.minSessions
	}
	if fresh || fl.Changed("neighbours") {
		p.Neighbours = f.neighbours
	}
	if fresh || fl.Changed("half-life") {
		p.HalfLifeDays = f.halfLife
	}
	if err := f.privacy.apply(&p, fl); err != nil {
		return p, err
	}
	return p, p.Check()
}

// tellLearned prints what was learnt and what to do next.
func tellLearned(w io.Writer, f learnFlags, r learn.Report, v *learn.Visits, l *learn.Learned, tested *eval.BackTested, untested string, took time.Duration) error {
	st := styleOf(w)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	if r.Events > 0 {
		tellLog(line, r)
		tellSpilled(line, r, v, &f.memory)
	}
	if name := f.state.name(); name != "" {
		line("state", "%s: %s of %s until %s. It is private: never publish it", name, counted(l.Sessions, "session"), counted(l.Events, "event"), l.Last.Format(time.DateTime))
	}
	if f.out == "" {
		fmt.Fprintf(w, "\n%s in %s. See what crowds are in it:\n\n", st.green("Wrote "+f.state.name()), took.Round(100*time.Millisecond))
		_, err := fmt.Fprintf(w, "  nabij learn --update %s --out learned.jsonl\n", quoted(f.state.name()))
		return err
	}
	neighbours, without := 0, 0
	for k := range l.Items {
		neighbours += len(l.Items[k].Row)
		if len(l.Items[k].Row) == 0 {
			without++
		}
	}
	words := fmt.Sprintf("%s of %s have %s or more", grouped(len(l.Items)), grouped(len(v.Items())), counted(l.Params.MinSessions, "session"))
	if l.Privacy != nil {
		words += ", and stand out from the noise"
	}
	line("items", "%s", words)
	if n := len(f.logs.intimate); n > 0 {
		line("sensitive", "%s of the catalogue, of which nothing is told", counted(n, "item"))
	}
	words = counted(neighbours, "neighbour")
	if without > 0 {
		words += "; " + counted(without, "item") + " without"
	}
	line("rows", "%s", words)
	switch {
	case neighbours == 0 && l.Privacy != nil:
		line("", "no pair stands out from the noise: rows will be from content alone")
	case neighbours == 0:
		line("", "no pair has %s: rows will be from content alone", counted(l.Params.MinSessions, "session"))
	}
	switch {
	case len(f.logs.catalogue) > 0:
		line("topics", "%s", topicalWords(f, l))
	case f.state.topics > 0:
		line("topics", "what the state has of them stays there: --catalogue adds to it, and tells it")
	}
	if l.Privacy != nil {
		tellPromise(line, l.Privacy, v.Sessions())
	}
	if untested != "" {
		line("back-test", "none: %s", untested)
	}
	if tested != nil {
		if err := tellBackTest(w, line, tested); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\n%s in %s. Give it to a build:\n\n", st.green("Wrote "+f.out), took.Round(100*time.Millisecond))
	_, err := fmt.Fprintf(w, "  nabij build FEED --learned %s --out dist\n", quoted(f.out))
	return err
}

// tellSpilled prints what was done to keep to a bound of memory.
func tellSpilled(line func(label, format string, args ...any), r learn.Report, v *learn.Visits, memory *byteSize) {
	if v.Spilled() == 0 {
		return
	}
	line("memory", "%s went to disk, to keep to --memory %s", counted(v.Spilled(), "session"), memory)
	if r.Parted > 0 {
		line("", "%s of them went on after that, and count as two", grouped(r.Parted))
	}
	if r.Forgotten > 0 {
		line("", "of %s it is not known whether they went on: there was no memory to look", grouped(r.Forgotten))
	}
}

// topicalWords says what was learnt of topics.
func topicalWords(f learnFlags, l *learn.Learned) string {
	words := fmt.Sprintf("%s that others follow; %s of contexts", grouped(len(l.Topics)), counted(len(l.Priors), "prior"))
	if len(l.Priors) == 0 && f.logs.zone == "" {
		words += "; --zone tells what hour it was"
	}
	return words
}

// tellLog prints what was found in logs.
func tellLog(line func(label, format string, args ...any), r learn.Report) {
	words := counted(r.Sessions, "session")
	switch {
	case r.Baskets:
		words = counted(r.Sessions, "basket")
	case r.Visitors:
		words += " of visitors"
	}
	words += " of " + counted(r.Events-r.Single, "event")
	if r.Single > 0 {
		words += fmt.Sprintf("; %s more of one event, which tell of no pair", grouped(r.Single))
	}
	line("log", "%s", words)
	for _, text := range append(recognised(&r), leftOut(&r, "left out as not in the catalogue")...) {
		line("", "%s", text)
	}
	line("times", "%s to %s", r.First.Format(time.DateOnly), r.Last.Format(time.DateOnly))
}
