// Command nabij builds packs from feeds, and shows what visitors would be suggested.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitRefused = 1 // something was refused or failed
	exitUsage   = 2 // the command line is wrong
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// errUsage marks errors of the command line.
var errUsage = errors.New("usage")

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := &cobra.Command{
		Use:           "nabij",
		Short:         "Suggestions that help, and never let the visitor feel known",
		Long:          "Nabij computes suggestions on the visitor's own device. This builds the pack it reads and shows what it would do.\n\nExit codes: 0 fine, 1 refused or failed, 2 wrong command line.",
		Example:       "  nabij demo\n  nabij build feed.xml --out dist\n  nabij suggest --pack dist --visit visit.jsonl",
		SilenceErrors: true, SilenceUsage: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return fmt.Errorf("%w: %w", errUsage, err) })
	root.AddCommand(buildCommand(), suggestCommand(), facesCommand(), checkCommand(), dumpCommand(), demoCommand())
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "nabij:", err)
	if errors.Is(err, errUsage) {
		return exitUsage
	}
	return exitRefused
}

// exactly is cobra.ExactArgs as a usage error.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%w: want %s, got %d arguments", errUsage, what, len(args))
		}
		return nil
	}
}
