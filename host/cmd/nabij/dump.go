package main

import (
	"bufio"
	"errors"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
)

func newDump() *cobra.Command {
	return &cobra.Command{
		Use:   "dump PACK|DIR",
		Short: "Print every byte of a pack with its meaning",
		Long: `Dump prints every byte of a pack with its meaning, each byte once. A pack that is
refused is printed as far as it can be followed, with what is wrong under the
byte in question, and the exit code is then 1.`,
		Example: `  nabij dump dist | less
  nabij dump dist/nabij.pack | grep -A 20 policy`,
		Args: arguments(1, 1, "one: a pack, or a folder made by nabij build"),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readPack(args[0])
			if err != nil {
				return err
			}
			w := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
			return errors.Join(pack.Dump(w, data), w.Flush())
		},
	}
}
