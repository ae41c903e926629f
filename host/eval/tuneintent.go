package eval

import (
	"context"
	"math"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

// IntentTrial is what was tuned of the intent, and what that gains on the held-out sessions.
type IntentTrial struct {
	Intent learn.Intent
	// Usual and Tuned are on the held-out sessions, nil where no next item has a topic.
	Usual, Tuned *Intents
	// KindBits is by how many bits a next item the kinds that modes want tell its kind better than the usual do; 0 where they
	// were left usual.
	KindBits float64
}

// topicRecencies are what is tried of pack.IntentPolicy.TopicRecency, the usual first.
var topicRecencies = []uint8{255, 239, 223, 191, 159, 127, 95, 63}

// TuneIntent finds how fast topics should fade from the intent, and which kinds its modes want, for a catalogue's items and a log: from the earlier
// sessions it counts which kinds come next in which mode, and on the last tenth it tries how much fading puts a next item's topic
// furthest ahead. Of kinds what fewer than p.MinSessions sessions met stays usual, as does all of it where it tells no more of the last tenth.
// What it returns depends on items, visits and p alone.
func TuneIntent(ctx context.Context, items []catalogue.Item, v *learn.Visits, p learn.Params) (*IntentTrial, error) {
	earlier, later := v.Split(heldOut)
	earlier, later = thinned(earlier, mostHeldOut), thinned(later, mostHeldOut)
	src, err := intentSource(ctx, items)
	if err != nil {
		return nil, err
	}
	play := func(in learn.Intent, v *learn.Visits) (guesses []guess, err error) {
		src.Policy.Intent = pack.IntentPolicy(in)
		data, err := pack.Write(src)
		if err != nil {
			return nil, err
		}
		err = playIntents(ctx, data, v, Options{}, func(g guess) { guesses = append(guesses, g) })
		return guesses, err
	}
	t := &IntentTrial{Intent: learn.UsualIntent()}
	best := -1.0
	for _, recency := range topicRecencies {
		in := learn.UsualIntent()
		in.TopicRecency = recency
		guesses, err := play(in, later)
		if err != nil {
			return nil, err
		}
		if len(guesses) == 0 {
			return t, nil
		}
		figures := intentsOf(guesses)
		if recency == t.Intent.TopicRecency {
			t.Usual, t.Tuned = figures, figures
		}
		if score := ahead(guesses); score > best {
			best, t.Intent.TopicRecency, t.Tuned = score, recency, figures
		}
	}
	before, err := play(t.Intent, earlier)
	if err != nil {
		return nil, err
	}
	after, err := play(t.Intent, later)
	if err != nil {
		return nil, err
	}
	usual := t.Intent.KindMix
	mix, base := kindsWanted(before, usual, p.MinSessions)
	if bits := kindBits(after, usual, base) - kindBits(after, mix, base); bits > 0 {
		t.Intent.KindMix, t.KindBits = mix, bits
	}
	return t, nil
}

// intentSource returns a pack of what an intent is inferred from: items with their kinds and topics, and no rows.
func intentSource(ctx context.Context, items []catalogue.Item) (pack.Source, error) {
	bare := make([]catalogue.Item, len(items))
	for k := range items {
		it := &items[k]
		bare[k] = catalogue.Item{ID: it.ID, Title: "–", Kind: it.Kind, Topics: it.Topics, Sensitive: it.Sensitive}
	}
	src, _, err := build.Source(ctx, bare, build.Config{}, build.Options{})
	src.Rows = nil
	return src, err
}

// ahead returns the mean reciprocal place of next items' topics among those of the intent.
func ahead(guesses []guess) float64 {
	sum := 0.0
	for _, g := range guesses {
		if g.place > 0 {
			sum += 1 / float64(g.place)
		}
	}
	return sum / float64(len(guesses))
}

type kindMix = [core.ModeCount][pack.KindCount]uint8

// kindPseudo is as how many next items the usual counts beside those that are met in a mode.
const kindPseudo = 200

// kindsWanted returns how much more often a kind comes next in a mode than in all, in 16ths, and the share that each kind has of all. An
// intent counts by its confidence. Both are smoothed: a mode towards the usual, as if that had been met kindPseudo times.
func kindsWanted(guesses []guess, usual kindMix, minSessions int) (mix kindMix, base [pack.KindCount]float64) {
	var met [core.ModeCount][pack.KindCount]float64
	var sessions [core.ModeCount][pack.KindCount]int
	var last [core.ModeCount][pack.KindCount]int32 // session, plus one
	for _, g := range guesses {
		base[g.kind]++
		met[g.mode][g.kind] += float64(g.confidence) / 100
		if last[g.mode][g.kind] != g.session+1 {
			last[g.mode][g.kind] = g.session + 1
			sessions[g.mode][g.kind]++
		}
	}
	for k := range base {
		base[k] /= float64(len(guesses))
	}
	mix = usual
	for m := range mix {
		all, expected := 0.0, 0.0
		for k := range base {
			all += met[m][k]
			expected += base[k] * float64(usual[m][k])
		}
		for k := range base {
			if sessions[m][k] < minSessions || base[k] == 0 {
				continue
			}
			share := (met[m][k] + kindPseudo*base[k]*float64(usual[m][k])/expected) / (all + kindPseudo)
			mix[m][k] = uint8(min(max(math.Round(16*share/base[k]), 1), pack.MaxKindMix))
		}
	}
	return mix, base
}

// kindBits returns how many bits the kinds of next items cost where those that a mode wants, as far as it is sure, are taken for likely.
func kindBits(guesses []guess, mix kindMix, base [pack.KindCount]float64) float64 {
	bits := 0.0
	for _, g := range guesses {
		own, all := 0.0, 0.0
		for k := range base {
			wanted := (base[k] + 1e-6) * (1 + (float64(mix[g.mode][k])/16-1)*float64(g.confidence)/100)
			if all += wanted; k == int(g.kind) {
				own = wanted
			}
		}
		bits -= math.Log2(max(own, 1e-9) / all)
	}
	return bits / float64(len(guesses))
}
