package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/host"
)

type facesFlags struct {
	moment
	pack, item, topic string
	json              bool
}

func newFaces() *cobra.Command {
	var f facesFlags
	cmd := &cobra.Command{
		Use:   "faces --pack DIR [--item ID | --topic PATH]",
		Short: "List all that a page can show, at each layer",
		Long: `Faces lists what a slot of a page can show to anyone in a context: one list at
layer 1; at layer 2 at most as many as the policy allows, of which a visit picks
one. So what is shown at layer 2 tells no more of a visit than which list it is.
Layer 3 is for those who chose it, and is not bounded.

The page is the home page unless --item or --topic names another.

With --json the output is one object:

  {"slot", "page": the item's id or the topic's path,
   "layers": [{"layer", "bounded",
               "faces": [{"face", "share", "suggestions": [as of nabij suggest]}]}]}

A share is the part of plausible visits that would pick the list.`,
		Example: `  nabij faces --pack dist --item ocean-blue-shirt
  nabij faces --pack dist --topic "Clothing > Shirts" --slot related --layer 2
  nabij faces --pack dist --context evening,phone --json`,
		Args: arguments(0, 0, "none: the page is named by --item or --topic"),
		RunE: func(cmd *cobra.Command, _ []string) error { return faces(cmd, &f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a pack, or a folder made by nabij build")
	fl.StringVar(&f.item, "item", "", "the page's item, by id or URL")
	fl.StringVar(&f.item, "page", "", "the same as --item")
	fl.StringVar(&f.topic, "topic", "", "the page's topic, by path or unambiguous name")
	fl.BoolVar(&f.json, "json", false, "print JSON")
	f.flags(cmd)
	return cmd
}

// layerFaces is what one layer can show.
type layerFaces struct {
	layer uint8
	faces []core.Face
}

func faces(cmd *cobra.Command, f *facesFlags) error {
	if err := required("pack", f.pack, "a pack, or a folder made by nabij build"); err != nil {
		return err
	}
	if f.item != "" && f.topic != "" {
		return usagef("--item and --topic: a page has one of them; an item has its own topic")
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
	if f.item != "" {
		if request.Item, err = findItem(e, f.item); err != nil {
			return fmt.Errorf("--item: %w", err)
		}
	}
	if f.topic != "" {
		if request.Topic, err = findTopic(e, f.topic); err != nil {
			return fmt.Errorf("--topic: %w", err)
		}
	}
	allowed := allowedLayer(e, request)
	first, last := uint8(1), allowed
	if f.layer > 0 {
		first, last = uint8(f.layer), uint8(f.layer)
	}
	if first > allowed {
		return fmt.Errorf("--layer: the site allows slot %q layer %d at most", e.Pack().SlotName(request.Slot), allowed)
	}
	layers, err := listFaces(ctx, e, request, first, last)
	if err != nil {
		return err
	}
	if f.json {
		return writeJSON(cmd.OutOrStdout(), facesOf(e, request, layers))
	}
	return printFaces(cmd.OutOrStdout(), e, request, layers)
}

func listFaces(ctx context.Context, e *host.Engine, r core.Request, first, last uint8) ([]layerFaces, error) {
	var layers []layerFaces
	for layer := first; layer <= last; layer++ {
		r.Layer = layer
		list, err := e.Faces(r)
		if err != nil {
			return nil, err
		}
		layers = append(layers, layerFaces{layer, list})
	}
	return layers, nil
}

func facesOf(e *host.Engine, r core.Request, layers []layerFaces) facesJSON {
	out := facesJSON{Slot: string(e.Pack().SlotName(r.Slot)), Page: pageOf(e, r)}
	for _, l := range layers {
		layer := layerJSON{Layer: l.layer, Bounded: l.layer < 3, Faces: []faceJSON{}}
		for i, face := range l.faces {
			layer.Faces = append(layer.Faces, faceJSON{i, float64(face.SharePermille) / 1000, suggestionsOf(e, face.Suggestions)})
		}
		out.Layers = append(out.Layers, layer)
	}
	return out
}

func printFaces(w io.Writer, e *host.Engine, r core.Request, layers []layerFaces) error {
	st, p := styleOf(w), e.Pack()
	fmt.Fprintf(w, "%s %s%s\n", st.faint("page"), st.bold(pageTitle(e, r)), st.faint(inBrackets(kindOf(e, r))))
	fmt.Fprintf(w, "%s %s", st.faint("slot"), p.SlotName(r.Slot))
	if names := slotNames(p); len(names) > 1 {
		fmt.Fprint(w, st.faint(" (of "+strings.Join(names, ", ")+")"))
	}
	fmt.Fprintln(w)
	for _, l := range layers {
		fmt.Fprintf(w, "\n%s %s\n", st.bold("layer "+strconv.Itoa(int(l.layer))), facesWords(l, p.Policy().Faces))
		for i, face := range l.faces {
			if l.layer == 2 {
				fmt.Fprintf(w, "\n  %s\n", st.cyan(fmt.Sprintf("list %d, for %s of plausible visits", i+1, shareOf(face.SharePermille))))
			}
			if err := printFace(w, e, face); err != nil {
				return err
			}
		}
	}
	return nil
}

func printFace(w io.Writer, e *host.Engine, face core.Face) error {
	if len(face.Suggestions) == 0 {
		_, err := fmt.Fprintln(w, "  nothing to suggest here; the slot keeps its own content")
		return err
	}
	return printSuggestions(w, e, face.Suggestions, false)
}

// facesWords says what a layer's lists can tell of a visit.
func facesWords(l layerFaces, most uint8) string {
	switch {
	case l.layer == 1:
		return "one list, the same for everyone in this context: it tells nothing of a visit"
	case l.layer == 3:
		return "not bounded: the visitor chose to be shown what suits the visit, so there is no list of lists"
	case len(l.faces) < 2:
		return "one list: no other would suit enough visits"
	}
	return fmt.Sprintf("%d lists, of %d at most: which one is shown tells at most %s of a visit", len(l.faces), most, bitsOf(len(l.faces)))
}
