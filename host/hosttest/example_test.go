package hosttest_test

import (
	"testing"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/hosttest"
)

// TestSuggestions is what a shop's developer writes, in the shop's own repository, as func TestSuggestions(t *testing.T).
func Example() {
	_ = func(t *testing.T) {
		shop := hosttest.Open(t, "dist") // the folder that nabij build made
		hosttest.Check(t, shop,
			hosttest.NeverSensitive(),
			hosttest.InStockOnly(),
			hosttest.SameLanguage(),
			hosttest.AtMostFaces(),
			hosttest.NoEcho(),
			hosttest.MinTopics("home", 2),
			hosttest.NeverKind("basket", pack.KindArticle),
		)
	}
	// Output:
}

// A policy of the shop's own: nothing dear beside the basket.
func ExamplePolicy() {
	dear := hosttest.Policy{Name: "nothing above 500 euros beside the basket", Check: func(r *hosttest.Report, v *hosttest.Visit) {
		for _, a := range v.AnswersOf("basket") {
			for _, s := range a.Reply.Suggestions {
				if item := v.Shop.Item(s.Item); item.Price > 500_00 {
					r.Errorf(a, "%s costs %d cents", item.ID, item.Price)
				}
			}
		}
	}}
	_ = func(t *testing.T) { hosttest.Check(t, hosttest.Open(t, "dist"), dear) }
	// Output:
}

// Nothing is sampled: every list that any visitor can be shown below layer 3, on a phone in the evening and where nothing is known.
func ExampleCheckFaces() {
	contexts := []core.Context{{}, {Daypart: pack.Evening, Device: pack.Phone}}
	_ = func(t *testing.T) {
		hosttest.CheckFaces(t, hosttest.Open(t, "dist"), contexts,
			hosttest.NeverSensitive(),
			hosttest.InStockOnly(),
			hosttest.MinTopics("home", 2),
		)
	}
	// Output:
}
