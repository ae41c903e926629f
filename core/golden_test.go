package core_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// golden compares text with testdata/name.golden; UPDATE=1 writes it there instead.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "UPDATE=1 go test writes it")
	assert.Equal(t, string(want), text, "UPDATE=1 go test rewrites %s", file)
}

// teller writes down what an engine says.
type teller struct {
	t *testing.T
	e *core.Engine
	strings.Builder
}

func (w *teller) item(item uint32) string {
	if item == pack.NoItem {
		return "-"
	}
	return string(w.e.Pack().ItemID(item))
}

func (w *teller) topic(topic uint16) string {
	if topic == pack.NoTopic {
		return "-"
	}
	return string(w.e.Pack().TopicName(topic))
}

func (w *teller) suggestions(list []core.Suggestion) {
	for _, x := range list {
		fmt.Fprintf(w, "    %-17s %7d", w.item(x.Item), x.Score)
		if x.Lift > 0 {
			fmt.Fprintf(w, " %6d", x.Lift)
		}
		fmt.Fprintf(w, "  %s", x.Reason.Code)
		if x.Reason.Item != pack.NoItem {
			fmt.Fprintf(w, " %s", w.item(x.Reason.Item))
		}
		if x.Reason.Topic != pack.NoTopic {
			fmt.Fprintf(w, " %s", w.topic(x.Reason.Topic))
		}
		w.WriteString("\n")
	}
}

func (w *teller) reply(s *core.Session, req core.Request) {
	reply, err := w.e.Suggest(s, &req)
	require.Nil(w.t, err)
	fmt.Fprintf(w, "  %s on %s, layer %d of %d: face %d of %d, %d bits/256 spent\n", w.e.Pack().SlotName(req.Slot), w.item(req.Item),
		reply.Layer, req.Layer, reply.Face, reply.Faces, reply.BitsSpent)
	w.suggestions(reply.Suggestions)
}

// TestGoldenVisit tells a visit to the small shop: after each signal that counts, what it is about and what each slot
// shows at each layer.
func TestGoldenVisit(t *testing.T) {
	w := &teller{t: t, e: openShop(t, nil)}
	s := new(core.Session)
	page := pack.NoItem
	for _, sig := range []core.Signal{
		core.NewSignal(core.View, 0), of(core.View, 10_000, blueJacket), much(core.Engaged, 25_000, 12_000), of(core.View, 30_000, redJacket),
		of(core.Shown, 31_000, greenJacket), says(core.Search, 45_000, "een tas"), of(core.View, 50_000, cream), much(core.Engaged, 70_000, 15_000),
		of(core.View, 80_000, pannier), of(core.BasketAdd, 90_000, pannier), with(prefer(trousers, 80), func(s *core.Signal) { s.AtMs = 92_000 }), of(core.Dismissed, 95_000, backpack),
		of(core.View, 110_000, jacketsCompared), of(core.Purchase, 130_000, pannier), about(core.Dismissed, 140_000, service), core.NewSignal(core.View, 160_000),
	} {
		outcome, err := w.e.Observe(s, &sig)
		require.Nil(t, err)
		fmt.Fprintf(w, "%d ms: %s %s %s %d %q: %s\n", sig.AtMs, sig.Kind, w.item(sig.Item), w.topic(sig.Topic), sig.Value, sig.Text, outcome)
		if sig.Kind != core.View {
			continue
		}
		page = sig.Item
		in, err := w.e.Intent(s, sig.AtMs)
		require.Nil(t, err)
		fmt.Fprintf(w, "  %s %d %%, of %v\n", in.Mode, in.Confidence, in.Evidence)
		for _, topic := range in.Topics[:in.TopicCount] {
			fmt.Fprintf(w, "    %s %d %%\n", w.topic(topic.Topic), topic.Confidence)
		}
		for slot := range w.e.Pack().Slots() {
			for layer := uint8(1); layer <= w.e.Pack().Slot(slot).Layer; layer++ {
				req := at(page, slot, layer, sig.AtMs+5_000)
				req.Explain = layer == 3
				w.reply(s, req)
			}
		}
	}
	golden(t, "visit", w.String())
}

// TestGoldenFaces lists what some pages of the shop can show anyone.
func TestGoldenFaces(t *testing.T) {
	w := &teller{t: t, e: openShop(t, nil)}
	for _, item := range []uint32{pack.NoItem, blueJacket, jacketGuide, bell, delivery, dutchJacket} {
		for _, slot := range []uint8{related, mixed, products} {
			for _, context := range []core.Context{{}, {Daypart: pack.Evening, Day: pack.Weekend, Device: pack.Phone, Language: 1}} {
				req := at(item, slot, 2, 0)
				req.Context = context
				fmt.Fprintf(w, "%s on %s, %v\n", w.e.Pack().SlotName(slot), w.item(item), context)
				for g, f := range faces(t, w.e, req) {
					fmt.Fprintf(w, "  face %d, %d ‰\n", g, f.SharePermille)
					w.suggestions(f.Suggestions)
				}
			}
		}
	}
	golden(t, "faces", w.String())
}
