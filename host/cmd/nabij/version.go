package main

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/wasm/abi"
)

// packFormat is the version of the pack's format that core/pack writes.
const packFormat = 1

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of the command, the pack's format and the module",
		Long:    "Version prints the version of this command, and what it writes and runs.",
		Example: "  nabij version",
		Args:    arguments(0, 0, "none"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			module := host.Module()
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "nabij        %s (%s %s/%s)\npack format  %d\nmodule       contract %d, %s, sha256 %x\n",
				versionOf(), runtime.Version(), runtime.GOOS, runtime.GOARCH, packFormat, abi.Version, size(len(module)), sha256.Sum256(module))
			return err
		},
	}
}

// versionOf returns the version of this command.
func versionOf() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
