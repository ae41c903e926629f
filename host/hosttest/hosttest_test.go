package hosttest

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// What a sound shop promises holds.
func TestPoliciesHold(t *testing.T) {
	for _, name := range []string{"tiny", "shop"} {
		t.Run(name, func(t *testing.T) {
			policies := []Policy{NeverSensitive(), InStockOnly(), SameLanguage(), NeverDismissed(), AtMostFaces(), NoEcho()}
			if name == "shop" {
				policies = append(policies, MinTopics("home", 2), MinTopics("wide", 4), NeverKind("basket", pack.KindGuide, pack.KindHelp))
			}
			Check(t, OpenBytes(t, abitest.Pack(name)), policies...)
		})
	}
}

// The module gives what the native engine gives, so that policies are checked on what visitors get.
func TestPoliciesHoldInTheModule(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the native engine stands in for the module")
	}
	Check(t, OpenBytes(t, abitest.Pack("tiny"), host.Instances(1)), NeverSensitive(), AtMostFaces())
}

// Every act is possible in every shop, and every kind of signal comes about.
func TestPlansCoverSignals(t *testing.T) {
	shop := OpenBytes(t, abitest.Pack("shop"))
	seen := map[core.SignalKind]bool{}
	plans := planOf(shop.Pack())
	for seed := range 60 {
		visit, err := shop.play(plans.Example(seed))
		require.NoError(t, err)
		for _, s := range visit.Signals {
			seen[s.Kind] = true
		}
	}
	for k := core.View; k < core.SignalCount; k++ {
		assert.True(t, seen[k], k.String())
	}
}

var broken = flag.Bool("broken", false, "check a policy that does not hold")

// A policy that a single view can break is broken by a single view: what is printed is small, and can be read back.
func TestFailureIsSmall(t *testing.T) {
	if *broken {
		shop := OpenBytes(t, abitest.Pack("shop"))
		Check(t, shop, Policy{"nothing like this", func(r *Report, v *Visit) {
			for _, a := range v.Answers {
				for _, s := range a.Reply.Suggestions {
					if s.Reason.Code == core.YouAsked {
						r.Errorf(a, "asked")
					}
				}
			}
		}})
		return
	}
	program, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(program, "-test.run=^TestFailureIsSmall$", "-broken", "-rapid.nofailfile", "-rapid.checks=2000", "-rapid.seed=1")
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	text := string(out)
	require.Contains(t, text, "nothing like this does not hold: asked")
	_, lines, _ := strings.Cut(text, "for nabij suggest --visit:\n")
	var visit []string
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "{") {
			break
		}
		visit = append(visit, line)
	}
	t.Logf("%s", strings.Join(visit, "\n"))
	assert.NotEmpty(t, visit)
	assert.LessOrEqual(t, len(visit), 3, "a declaration, and perhaps a view, is all it takes")
	_, err = host.ReadVisit(strings.NewReader(strings.Join(visit, "\n")))
	require.NoError(t, err)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.pack"), abitest.Pack("tiny"), 0o644))
	assert.Equal(t, uint32(6), Open(t, dir).Pack().Items())
	assert.Equal(t, uint32(6), Open(t, filepath.Join(dir, "shop.pack")).Pack().Items())

	_, err := host.ReadPack(filepath.Join(dir, "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "other.pack"), nil, 0o644))
	_, err = host.ReadPack(dir)
	assert.ErrorContains(t, err, "holds 2 files *.pack, want one")
}
