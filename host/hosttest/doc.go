// Package hosttest helps a site's developer to write down what suggestions must never do, and to look for a visit in
// which they do it.
//
// Copy this into a test of your own, beside the pack that nabij build made:
//
//	func TestSuggestions(t *testing.T) {
//		shop := hosttest.Open(t, "dist")
//		hosttest.Check(t, shop,
//			hosttest.NeverSensitive(),
//			hosttest.InStockOnly(),
//			hosttest.SameLanguage(),
//			hosttest.AtMostFaces(),
//			hosttest.NoEcho(),
//			hosttest.MinTopics("home", 2),
//			hosttest.NeverKind("basket", pack.KindArticle),
//			hosttest.Policy{Name: "nothing above 500 euros beside the basket", Check: func(r *hosttest.Report, v *hosttest.Visit) {
//				for _, a := range v.AnswersOf("basket") {
//					for _, s := range a.Reply.Suggestions {
//						if price := v.Shop.Item(s.Item).Price; price > 50_000 {
//							r.Errorf(a, "item %s costs %d", v.Shop.Item(s.Item).ID, price)
//						}
//					}
//				}
//			}},
//		)
//	}
//
// Below layer 3, what a slot of a page can show is a handful of lists, the same for everyone: so they can all be looked at.
//
//	hosttest.CheckFaces(t, shop, nil, hosttest.NeverSensitive(), hosttest.InStockOnly())
//
// checks policies on every list of every slot of every page, and that there are no more than the pack's policy allows. What
// holds there holds in every visit. Policies of what visitors did are for Check, which looks at layer 3 as well.
//
// Check makes up visits: people who walk along the neighbours of what they look at, along topics and along what is
// popular, who read or leave at once, search, fill a basket, dismiss and declare; clocks that stand still or run back; and
// now and then someone who does what nobody does. On each page it asks for every slot. When a policy does not hold it
// looks for the shortest visit that shows it, and prints that as the lines that nabij suggest reads:
//
//	{"at_ms":0,"signal":"view","item":"ocean-blue-shirt"}
//
// There are a hundred visits for each policy, a fifth of that with -short; -rapid.checks=N asks for more, and
// -rapid.seed=N repeats a run. The engine runs natively, which gives the same bytes as the module does.
package hosttest
