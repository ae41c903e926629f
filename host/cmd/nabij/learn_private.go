package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/learn"
)

// privacyFlags ask for differential privacy.
type privacyFlags struct{ epsilon, delta float64 }

func (f *privacyFlags) register(fl *pflag.FlagSet) {
	fl.Float64Var(&f.epsilon, "epsilon", 0, "add noise, such that differential privacy holds for a session; 0 adds none")
	fl.Float64Var(&f.delta, "delta", learn.DefaultDelta, "the probability with which --epsilon may fail")
}

// apply sets what flags say of privacy over what a file of parameters does.
func (f *privacyFlags) apply(p *learn.Params, fl *pflag.FlagSet) error {
	if fl.Changed("epsilon") {
		p.Privacy.Epsilon = f.epsilon
	}
	switch {
	case p.Privacy.Epsilon == 0 && fl.Changed("delta"):
		return usagef("--delta is for --epsilon, which is missing")
	case p.Privacy.Epsilon == 0:
		p.Privacy = learn.Privacy{}
	case fl.Changed("tune"):
		return usagef("--tune and --epsilon: parameters that are tuned on this log would tell of it, and no noise hides that; " +
			"tune on an older log, and give what that writes to --params")
	case fl.Changed("delta"):
		p.Privacy.Delta = f.delta
	}
	p.Privacy = p.Privacy.WithDefaults()
	return nil
}

// tellPromise tells what the noise promises, and what it does not.
func tellPromise(line func(label, format string, args ...any), p *learn.Promise, sessions int) {
	line("privacy", "ε %v, δ %v; the unit is a %s: whether any one is in the log changes the odds of", p.Epsilon, exact(p.Delta), p.Unit)
	factor := math.Exp(p.Epsilon)
	words := fmt.Sprintf("%.3g", factor)
	if factor >= 1000 && factor < 1e9 {
		words = grouped(int(math.Round(factor)))
	}
	line("", "anything in the file by a factor of %s at most (e^ε), but for a probability of δ.", words)
	line("", "Who has k sessions has k·ε, and a second file of the same sessions adds its ε. The")
	line("", "file is covered, what is printed here is not.")
	line("bounds", "of a session, the last %d distinct items count, and pairs of these up to %d apart", p.Items, p.Reach)
	var of []string
	for _, s := range p.Sums {
		words := fmt.Sprintf("%s σ %.3g", s.Of, s.Sigma)
		if s.Threshold > 0 {
			words += fmt.Sprintf(" (told over %.3g)", s.Threshold)
		}
		of = append(of, words)
	}
	label := "noise"
	for some := range slices.Chunk(of, 3) {
		line(label, "%s", strings.Join(some, ", "))
		label = ""
	}
	if least := 1 / (10 * float64(max(sessions, 1))); p.Delta > least {
		line("", "δ is large for %s: --delta %v would suit", counted(sessions, "session"), exact(math.Pow(10, math.Floor(math.Log10(least)))))
	}
}

// exact writes a number with as few digits as tell it from others.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
