package build

import (
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/learn"
)

// priors looks the topics of the configuration's priors up.
func priors(cfg Config, f *forest, report *Report) []pack.Prior {
	var out []pack.Prior
	for k, p := range cfg.Priors {
		t, ok := f.find(p.Topic)
		if !ok {
			report.warn("ignored the prior", field("priors", k), "no topic has the path %q", joinPath(p.Topic))
			continue
		}
		if slices.ContainsFunc(out, func(q pack.Prior) bool { return q.Class == p.Class && q.Topic == t }) {
			report.warn("ignored the prior", field("priors", k), "an earlier one has the same class and topic")
			continue
		}
		out = append(out, pack.Prior{Class: p.Class, Topic: t, Multiplier: p.Multiplier})
	}
	return out
}

// learnedPriors returns the priors that were learnt of visits, but for those that the configuration goes before: it speaks of a topic and all
// below it. Those of topics that the catalogue lacks, or that were folded into their parents, are left out and counted: a parent's has
// been learnt of all below it. So are those of sensitive topics.
func learnedPriors(configured []pack.Prior, learnt []learn.Prior, f *forest, report *Report) []pack.Prior {
	var out []pack.Prior
	for _, p := range learnt {
		t, ok := f.find(p.Topic)
		if !ok {
			report.UnknownPriors++
			continue
		}
		if f.topics[t].Sensitive {
			continue
		}
		if !slices.ContainsFunc(configured, func(q pack.Prior) bool { return q.Class == p.Class && f.within(t, q.Topic) }) {
			out = append(out, pack.Prior{Class: p.Class, Topic: t, Multiplier: p.Multiplier})
		}
	}
	report.LearntPriors = len(out)
	return out
}
