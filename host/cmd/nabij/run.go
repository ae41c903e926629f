package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitFine   = 0
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a command line that cannot be carried out, whatever the files say.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run carries out a command line and returns the exit code. An interrupt ends what is under way, and a second one the
// process.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return runContext(ctx, args, stdin, stdout, stderr)
}

func runContext(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	var cannot cannotError
	switch {
	case err == nil:
		return exitFine
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintln(stderr, "nabij: interrupted; nothing was changed")
		return exitFailed
	case errors.As(err, &usage) || cmd == root: // the root itself fails only for a command that is not there
		fmt.Fprintf(stderr, "nabij: %v\nRun '%s --help' for usage.\n", err, cmd.CommandPath())
		return exitUsage
	case errors.As(err, &cannot):
		fmt.Fprintf(stderr, "nabij: %v\n", err)
		return exitUsage
	default:
		fmt.Fprintf(stderr, "nabij: %v\n", err)
		return exitFailed
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "nabij",
		Short: "Suggestions on the visitor's own device",
		Long: `Nabij fills a page's suggestion slots on the visitor's own device: a small engine
takes the page, the moment and the visit that is going on, and none of it leaves
the browser. This command builds what the engine needs to know of a site, and
shows what visitors will get.

Exit codes: 0 fine, 1 refused or failed, 2 a command line that is not understood.`,
		Example: `  nabij demo
  nabij serve feed.xml
  nabij build feed.xml --out dist
  nabij suggest --pack dist --visit visit.jsonl`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newBuild(), newLearn(), newEval(), newServe(), newSuggest(), newFaces(), newPolicy(), newCheck(), newDump(), newDemo(), newAudit(), newLint(), newEdge(), newVersion())
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return usagef("there is no command %q%s; the commands are %s", name, didYouMean(nearest(name, names)), strings.Join(names, ", "))
}

// arguments checks how many arguments there are; what says what they should be.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usagef("got %s, want %s", counted(len(args), "argument"), what)
		}
		return nil
	}
}

// required returns an error that names the flag when its value is empty.
func required(flag, value, what string) error {
	if value == "" {
		return usagef("--%s is missing: %s", flag, what)
	}
	return nil
}
