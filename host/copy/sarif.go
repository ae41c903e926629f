package copy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// Log is a log of SARIF 2.1.0, as far as it is needed here:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
type Log struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool         `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	ColumnKind  string            `json:"columnKind"`
	Results     []sarifResult     `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string       `json:"id"`
	Name             string       `json:"name"`
	ShortDescription sarifMessage `json:"shortDescription"`
	FullDescription  sarifMessage `json:"fullDescription"`
	Help             sarifMessage `json:"help"`
	Default          sarifLevel   `json:"defaultConfiguration"`
	Properties       sarifTags    `json:"properties"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifTags struct {
	Tags []string `json:"tags"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn,omitempty"`
	EndLine     int           `json:"endLine,omitempty"`
	EndColumn   int           `json:"endColumn,omitempty"`
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

// SARIF returns findings, and what could not be read, as a log of SARIF 2.1.0. version is that of the command. Relative paths stay
// relative to where the command ran, as code scanning wants them.
func SARIF(findings []Finding, faults []error, version string) *Log {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
		Tool:        sarifTool{Driver: sarifDriver{Name: "nabij lint", Version: version, InformationURI: "https://github.com/nabij/nabij"}},
		Invocations: []sarifInvocation{{Successful: len(faults) == 0}}}
	index := map[*Rule]int{}
	for i, r := range Rules() {
		index[r] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: r.ID, Name: r.ID, ShortDescription: sarifMessage{r.Title},
			FullDescription: sarifMessage{r.Why}, Help: sarifMessage{r.Why}, Default: sarifLevel{"warning"}, Properties: sarifTags{[]string{"tone", r.Class.String()}}})
	}
	seen := map[string]int{}
	for _, f := range findings {
		message := fmt.Sprintf("“%s” %s. %s Neutral: %s", f.Text[f.Start:f.End], f.Rule.Title, f.Rule.Why, f.Instead)
		run.Results = append(run.Results, sarifResult{RuleID: f.Rule.ID, RuleIndex: index[f.Rule], Level: "warning", Message: sarifMessage{message},
			Locations: []sarifLocation{{sarifPhysical{Artifact: sarifArtifact{uriOf(f.File)}, Region: &sarifRegion{StartLine: f.Line, StartColumn: f.Column,
				EndLine: f.EndLine, EndColumn: f.EndColumn, Snippet: &sarifMessage{f.Text[f.Start:f.End]}}}}},
			Fingerprints: map[string]string{"nabijTone/v1": fingerprint(&f, seen)}})
	}
	for _, err := range faults {
		n := sarifNotification{Level: "error", Message: sarifMessage{err.Error()}}
		if fault, ok := errors.AsType[Fault](err); ok {
			l := sarifLocation{sarifPhysical{Artifact: sarifArtifact{uriOf(fault.File)}}}
			if fault.Line > 0 {
				l.Physical.Region = &sarifRegion{StartLine: fault.Line}
			}
			n.Locations = []sarifLocation{l}
		}
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, n)
	}
	return &Log{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

// fingerprint stays the same where lines move: it is of rule, file and text, with a number where these recur.
func fingerprint(f *Finding, seen map[string]int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule.ID, uriOf(f.File), f.Key, f.Text}, "\x00")))
	id := hex.EncodeToString(sum[:16])
	seen[id]++
	return fmt.Sprintf("%s:%d", id, seen[id])
}

// uriOf returns a path as a URI reference.
func uriOf(name string) string {
	u := url.URL{Path: filepath.ToSlash(filepath.Clean(name))}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}
