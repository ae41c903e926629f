package main

import (
	"io"

	tone "github.com/nabij/nabij/host/copy"
)

// lintJSON is what "nabij lint --format json" prints.
type lintJSON struct {
	Findings []lintFindingJSON `json:"findings"`
	Files    int               `json:"files"`
	Texts    int               `json:"texts"`
	// Foreign is how many texts more are in languages that there are no rules for.
	Foreign int `json:"foreign"`
	Allowed int `json:"allowed"`
	// Unread and Unused are what standard error says too: files that could not be read, and allowances that nothing needs.
	Unread []string `json:"unread"`
	Unused []string `json:"unused"`
	// InAllLanguages are files of no known language.
	InAllLanguages []string `json:"in_all_languages"`
}

// lintFindingJSON is a finding. Lines and columns count from 1, columns in code points; the end is exclusive. Match is what was found of Text.
type lintFindingJSON struct {
	Rule      string `json:"rule"`
	Class     string `json:"class"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Key       string `json:"key"`
	Language  string `json:"language"`
	Text      string `json:"text"`
	Match     string `json:"match"`
	Why       string `json:"why"`
	Instead   string `json:"instead"`
}

func writeLintJSON(w io.Writer, r *lintReport) error {
	out := lintJSON{Findings: []lintFindingJSON{}, Files: r.files, Texts: r.texts, Foreign: r.foreign, Allowed: r.allowed, Unread: []string{}, Unused: append([]string{}, r.unused...),
		InAllLanguages: append([]string{}, r.inAllLanguages...)}
	for _, f := range r.findings {
		out.Findings = append(out.Findings, lintFindingJSON{Rule: f.Rule.ID, Class: f.Rule.Class.String(), File: f.File, Line: f.Line, Column: f.Column,
			EndLine: f.EndLine, EndColumn: f.EndColumn, Key: f.Key, Language: f.Language, Text: f.Text, Match: f.Text[f.Start:f.End], Why: f.Rule.Why, Instead: f.Instead})
	}
	for _, fault := range r.faults {
		out.Unread = append(out.Unread, fault.Error())
	}
	return writeJSON(w, out)
}

// writeLintSARIF writes SARIF 2.1.0.
func writeLintSARIF(w io.Writer, r *lintReport) error {
	return writeJSON(w, tone.SARIF(r.findings, r.faults, versionOf()))
}
