package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
)

func facesCommand() *cobra.Command {
	var v view
	var path string
	var asJSON bool
	c := &cobra.Command{
		Use:     "faces --pack DIR",
		Short:   "List everything that a slot of a page can show, at each layer",
		Example: "  nabij faces --pack dist --page ocean-blue-shirt\n  nabij faces --pack dist --topic 'Clothing > Shirts' --layer 2 --json",
		Args:    exactly(0, "flags alone"),
		RunE: func(c *cobra.Command, _ []string) (err error) {
			e, err := openEngine(c.Context(), path)
			if err != nil {
				return err
			}
			defer closing(e, &err)
			type list struct {
				Layer uint8        `json:"layer"`
				Face  int          `json:"face"`
				Share float64      `json:"share"`
				Items []suggestion `json:"items"`
			}
			lists := []list{}
			q, err := v.request(e, pack.NoItem, pack.NoTopic)
			if err != nil {
				return err
			}
			q.Explain = false
			highest := q.Layer
			visit := e.NewSession()
			for q.Layer = 1; q.Layer <= min(highest, 2); q.Layer++ {
				faces, err := visit.Faces(c.Context(), q)
				if err != nil {
					return err
				}
				for g, f := range faces {
					l := list{q.Layer, g, float64(f.SharePermille) / 1000, []suggestion{}}
					for _, s := range f.Suggestions {
						l.Items = append(l.Items, describe(e, s))
					}
					lists = append(lists, l)
				}
			}
			w := c.OutOrStdout()
			if asJSON {
				enc := json.NewEncoder(w)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				return enc.Encode(lists)
			}
			fmt.Fprintf(w, "slot %s\n", e.Pack().SlotName(q.Slot))
			for _, l := range lists {
				fmt.Fprintf(w, "\nlayer %d, list %d, for %.0f %% of plausible visits\n", l.Layer, l.Face+1, 100*l.Share)
				for _, s := range l.Items {
					fmt.Fprintf(w, "  %s (%s)\n", short(s.Title, 60), s.Reason.Words)
				}
			}
			if highest == 3 {
				fmt.Fprintln(w, "\nlayer 3: what the visitor asked for decides; its lists are not bounded")
			}
			return nil
		},
	}
	c.Flags().StringVar(&path, "pack", "", "a pack, or a folder that build wrote")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	v.flags(c)
	return c
}
