package policy

import "github.com/nabij/nabij/core"

// Claim is something that never happens.
type Claim struct {
	Claim Never `json:"never"`
	// Tests are those that show it, by folder and name, in Nabij's repository.
	Tests []string `json:"shown_by"`
}

// Never names something that never happens.
type Never string

// What never happens.
const (
	NeverSent        Never = "behaviour-is-sent"        // two visits with the same page loads send the same bytes
	NeverReaches     Never = "engine-reaches-out"       // it has no import
	NeverIdentifier  Never = "identifier-is-made"       // nothing in what is kept or sent is of one visitor alone
	NeverCookie      Never = "cookie-is-set"            //
	NeverUndeclared  Never = "undeclared-signal-counts" // it is dropped
	NeverWords       Never = "searched-words-are-kept"  // the topic that they point at is
	NeverSensitive   Never = "sensitive-counts"         // nor is it suggested but where the page is about the same
	NeverMoreLists   Never = "list-of-its-own"          // what layer 2 shows is one of the page's public lists
	NeverChosenForMe Never = "script-chooses-layer-3"   // it takes an act of the visitor's
	NeverMoves       Never = "seen-list-changes"        // under the visitor's eyes
)

// neverOf returns the claims that a document can make: of what the site does not do, it says nothing.
func neverOf(d *Document) []Claim {
	claims := []Claim{
		{NeverSent, []string{"web.TestBehaviourStaysHere", "web.TestPackets"}},
		{NeverReaches, []string{"host.TestModuleImportsNothing"}},
		{NeverIdentifier, []string{"core.TestSaveIsTheFormat", "web.TestWhatIsKept", "web.TestBehaviourStaysHere"}},
		{NeverCookie, []string{"web.TestWhatIsKept"}},
		{NeverSensitive, []string{"core.TestSensitiveSignalsChangeNothing", "core.TestSensitivePageShowsNothingOfTheVisit", "core.TestReply", "host.TestSensitiveSoak"}},
		{NeverUndeclared, []string{"core.TestObserveOnlyWhatIsDeclared"}},
	}
	if d.used(core.Search) || d.used(core.Filter) {
		claims = append(claims, Claim{NeverWords, []string{"core.TestSaveIsTheFormat"}})
	}
	if d.picks() {
		claims = append(claims, Claim{NeverMoreLists, []string{"core.TestLayer2ShowsAFace", "host.TestAtMostGLists", "core.TestBudgetRunsOut", "core.TestDeclaredListOfLayer2"}})
	}
	if d.Layers[2].Allowed {
		claims = append(claims, Claim{NeverChosenForMe, []string{"web.TestVisitorsChoice"}})
	}
	return append(claims, Claim{NeverMoves, []string{"web.TestNothingMoves"}})
}
