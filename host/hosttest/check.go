package hosttest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Policy is something that must hold in every visit.
type Policy struct {
	// Name says it, as a subtest's name.
	Name string
	// Check reports where a visit breaks it. It must say the same of the same visit each time.
	Check func(r *Report, v *Visit)
}

// Report collects what a policy finds wrong with a visit.
type Report struct {
	visit *Visit
	found []string
}

// Errorf reports that an answer breaks the policy, and why.
func (r *Report) Errorf(a Answer, format string, args ...any) {
	r.found = append(r.found, fmt.Sprintf(format, args...)+"\n  "+r.visit.describe(a))
}

// Check looks for visits to the shop that break a policy, each policy in a subtest of its own. Of the visits that break
// one it prints the shortest it can find.
func Check(t *testing.T, shop *Shop, policies ...Policy) {
	t.Helper()
	plans := planOf(shop.Pack())
	for _, policy := range policies {
		t.Run(policy.Name, func(t *testing.T) {
			t.Helper()
			rapid.Check(t, func(t *rapid.T) {
				visit, err := shop.play(plans.Draw(t, "visit"))
				if err != nil {
					t.Fatalf("%v\n%s", err, visit)
				}
				r := &Report{visit: visit}
				policy.Check(r, visit)
				if len(r.found) > 0 {
					t.Fatalf("%s", r.explain(policy.Name))
				}
			})
		})
	}
}

// explain writes the first finding and the visit up to there.
func (r *Report) explain(policy string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s does not hold: %s\n", policy, r.found[0])
	if more := len(r.found) - 1; more > 0 {
		fmt.Fprintf(&b, "  and %d more of the kind in this visit\n", more)
	}
	fmt.Fprintf(&b, "the visit, for nabij suggest --visit:\n%s", r.visit)
	return b.String()
}
