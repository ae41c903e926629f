// Package policy says to visitors what a site's suggestions do with a visit: which signals count, for what and for how long, what a page
// can show, who can change it, and what never happens.
//
//	d := policy.Of(p)                      // a pack's
//	err := d.WriteJSON(w)                  // for programs: SCHEMA.md
//	err = d.WriteHTML(w, policy.Dutch)     // for visitors
//
// Everything in a Document is read from the pack that the engine works by, so neither can drift from what happens: a field of
// pack.Policy, a kind of signal or a property of a slot that changes nothing in the pages fails a test. What never happens names
// the tests that show it.
package policy
