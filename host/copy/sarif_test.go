package copy

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSARIF checks what the schema of SARIF 2.1.0 requires and what code scanning reads: a rule for each result, a place with a region,
// and fingerprints that stay where lines move.
func TestSARIF(t *testing.T) {
	l := New()
	fingerprints := func(text string) (*Log, []string) {
		r, err := l.File("texts/a b.html", []byte(text), Options{})
		require.NoError(t, err)
		log := SARIF(r.Findings, []error{Fault{File: "x.json", Line: 3, Err: errors.New("not JSON")}, os.ErrNotExist}, "v1")
		var ids []string
		for _, res := range log.Runs[0].Results {
			ids = append(ids, res.Fingerprints["nabijTone/v1"])
		}
		return log, ids
	}
	log, before := fingerprints("<html lang=en><p>Hurry up</p><p>Welcome back</p><p>Hurry up</p>")
	_, after := fingerprints("<html lang=en>\n\n<p>Hurry up</p>\n<p>Welcome back</p><p>Hurry up</p>")
	require.Equal(t, before, after)
	require.Len(t, before, 3)
	require.NotEqual(t, before[0], before[2], "the same text twice")

	data, err := json.Marshal(log)
	require.NoError(t, err)
	var got struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Invocations []struct {
				ExecutionSuccessful        *bool
				ToolExecutionNotifications []struct {
					Level   string
					Message struct{ Text string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				PartialFingerprints map[string]string
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &got))
	require.Equal(t, "2.1.0", got.Version)
	require.Len(t, got.Runs, 1)
	run := got.Runs[0]
	require.Equal(t, "unicodeCodePoints", run.ColumnKind)
	require.NotEmpty(t, run.Tool.Driver.Name)
	require.False(t, *run.Invocations[0].ExecutionSuccessful)
	require.Len(t, run.Invocations[0].ToolExecutionNotifications, 2)
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		require.Equal(t, "warning", r.Level)
		require.NotEmpty(t, r.Message.Text)
		require.NotEmpty(t, r.PartialFingerprints)
		require.Len(t, r.Locations, 1)
		place := r.Locations[0].PhysicalLocation
		require.Equal(t, "texts/a%20b.html", place.ArtifactLocation.URI)
		require.Positive(t, place.Region.StartLine)
		require.Greater(t, place.Region.EndColumn, place.Region.StartColumn)
	}
	abs, err := filepath.Abs("a.html")
	require.NoError(t, err)
	require.Contains(t, uriOf(abs), "file:///")
}
