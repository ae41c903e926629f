package main

import (
	"context"
	"io"
	"slices"

	"github.com/nabij/nabij/host/eval"
	"github.com/nabij/nabij/host/learn"
)

// backTest tries other thresholds, and noise, than a log is learnt with.
func backTest(ctx context.Context, v *learn.Visits, p learn.Params, bar *progress) (*eval.BackTested, error) {
	b, err := eval.BackTest(ctx, v, p, eval.Options{
		Progress: func(done, total int) { bar.show("back-testing", int64(done), int64(total)) },
	})
	bar.end()
	return b, err
}

// tellBackTest tells what thresholds and noise cost.
func tellBackTest(w io.Writer, line func(label, format string, args ...any), b *eval.BackTested) error {
	if !b.Enough() {
		line("back-test", "none: the last tenth of the log has %s with a next item, and %d are needed", counted(b.Sessions, "session"), eval.FewestBackTested)
		return nil
	}
	line("back-test", "learnt from the first nine tenths of the log, tried on %s of the last: %s", counted(b.Sessions, "session"), counted(b.Predictions, "next item"))
	if b.Newest {
		line("", "(from the newest %s alone, to take no longer: with all, thresholds cost less)", counted(b.Learnt, "event"))
	}
	t := table{columns: []column{right("min sessions"), right("ε"), right("hit rate@20"), right("MRR@20"), right("items with a row"), right("neighbours"), right("pack"), {}}}
	const epsilonColumn = 1
	noisy := slices.ContainsFunc(b.Trials, func(t eval.BackTrial) bool { return t.Epsilon > 0 })
	if !noisy {
		t.columns = slices.Delete(t.columns, epsilonColumn, epsilonColumn+1)
	}
	for _, trial := range b.Trials {
		epsilon, chosen := "none", ""
		if trial.Epsilon > 0 {
			epsilon = exact(trial.Epsilon)
		}
		if trial.Chosen {
			chosen = "chosen"
		}
		cells := []string{grouped(trial.MinSessions), epsilon, figure(trial.At.HitRate), figure(trial.At.MRR), grouped(trial.Items), grouped(trial.Edges), size(trial.Bytes), chosen}
		if !noisy {
			cells = slices.Delete(cells, epsilonColumn, epsilonColumn+1)
		}
		t.add(cells...)
	}
	return t.write(w, "           ", widthOf(w), styleOf(w))
}
