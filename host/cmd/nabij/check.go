package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
)

func checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "check PACK|DIR",
		Short:   "Check a pack, or a built folder with its manifest",
		Example: "  nabij check dist",
		Args:    exactly(1, "a pack or a built folder"),
		RunE: func(c *cobra.Command, args []string) (err error) {
			e, err := openEngine(c.Context(), args[0])
			if err != nil {
				return err
			}
			defer closing(e, &err)
			w := c.OutOrStdout()
			p, policy := e.Pack(), e.Pack().Policy()
			fmt.Fprintf(w, "pack %016x: %d items, %d topics, %d slots, longest row %d\n", p.ID(), p.Items(), p.Topics(), p.Slots(), p.LongestRow())
			fmt.Fprintf(w, "policy: at most layer %d, %d faces, %d bits a visit, signals settle for %d ms\n", policy.MaxLayer, policy.Faces, policy.Bits, policy.SettleMs)
			f, err := os.Open(filepath.Join(args[0], build.ManifestName))
			if errors.Is(err, os.ErrNotExist) || err != nil && !isDir(args[0]) {
				return nil
			}
			if err != nil {
				return err
			}
			defer f.Close()
			m, err := build.ReadManifest(f)
			if err == nil {
				err = m.Verify(os.DirFS(args[0]))
			}
			if err == nil {
				fmt.Fprintf(w, "manifest: %d files as built\n", len(m.Files))
			}
			return err
		},
	}
}

func isDir(path string) bool {
	i, err := os.Stat(path)
	return err == nil && i.IsDir()
}

func dumpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "dump PACK|DIR",
		Short:   "Print every byte of a pack with its meaning",
		Long:    "Prints every byte of a pack with its meaning; of a pack that is refused, as far as it can be followed.",
		Example: "  nabij dump dist | less",
		Args:    exactly(1, "a pack or a built folder"),
		RunE: func(c *cobra.Command, args []string) error {
			data, err := host.ReadPack(args[0])
			if err != nil {
				return err
			}
			w := bufio.NewWriter(c.OutOrStdout())
			return errors.Join(pack.Dump(w, data), w.Flush())
		},
	}
}
