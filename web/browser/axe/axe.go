// Package axe looks at pages with axe-core, which knows rules of accessibility, in the browsers of package browser.
//
//	b.Navigate(url)
//	report := axe.Run(t, b)
//	assert.Empty(t, report.Violations)
//
// It runs every rule of WCAG 2.2 at levels A and AA, and what axe calls best practice, in open shadow roots too.
package axe

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/nabij/nabij/web/browser"
)

// version is what scripts/tools.sh pins.
const version = "4.14.1"

// Report is what axe found on a page.
type Report struct {
	// Violations are what breaks a rule.
	Violations []Finding
	// Incomplete are what axe cannot tell: the contrast of text over a picture, say.
	Incomplete []Finding
	// Passes are the rules that apply to the page and hold.
	Passes []string
}

// Finding is an element and what is the matter with it.
type Finding struct {
	Rule string
	// Target is a selector; " >>> " leads into a shadow root.
	Target string
	// HTML is the element's start tag, or so.
	HTML string
	// Says is axe's account of it.
	Says string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s\n\t%s", f.Rule, f.Target, f.Says, f.HTML)
}

// run gets axe's source in place of its %s: a page's policy would not let it load that. It stays for the next call on the page.
const run = `async () => {
	if (!window.axe) { %s; }
	const { violations, incomplete, passes } = await axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations", "incomplete", "passes"],
	});
	const findings = (rules) => rules.flatMap(({ id, nodes }) => nodes.map((n) => ({
		rule: id, target: n.target.flat().join(" >>> "), html: n.html.slice(0, 200), says: [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; "),
	})));
	return { violations: findings(violations), incomplete: findings(incomplete), passes: passes.map((r) => r.id) };
}`

// Run looks at the current tab's page as it is now. It skips the test if axe is not installed, unless CI is set in the
// environment: there that is a failure.
func Run(t testing.TB, b *browser.Browser) Report {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(tools(), "axe-core-"+version, "axe.min.js"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("left out: axe-core is not installed; scripts/install installs it")
	}
	var report Report
	b.With(t).EvalInto(&report, fmt.Sprintf(run, source))
	return report
}

// tools is where scripts/install puts what it fetches.
func tools() string {
	if dir := os.Getenv("NABIJ_TOOLS"); dir != "" {
		return dir
	}
	cache := os.Getenv("XDG_CACHE_HOME")
	if home, err := os.UserHomeDir(); cache == "" && err == nil {
		cache = filepath.Join(home, ".cache")
	}
	return filepath.Join(cache, "nabij", "tools")
}
