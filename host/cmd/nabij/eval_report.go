package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/eval/report"
)

// reportParams returns the file of parameters for the report, nil where there is none. It refuses what would fail only after minutes of work.
func (f *evalFlags) reportParams() ([]byte, error) {
	if f.params != "" && (f.report == "" || len(f.train) == 0) {
		return nil, usagef("--params: it is for packs that are learnt anew for --report, which needs --train too")
	}
	if err := reportable(f.report); err != nil {
		return nil, err
	}
	return readParams(f.params)
}

// reportable returns an error unless a report can go to a file of that name, or there is to be none.
func reportable(name string) error {
	if name == "" {
		return nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("--report: %s is a folder; want the name of a file, such as %s", name, filepath.Join(name, "report.html"))
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
		return fmt.Errorf("--report: %s is no folder; make it first", filepath.Dir(name))
	}
	return nil
}

// writeReport writes the report. It has the names of files and no folders, which are nobody else's business.
func (e *evaluating) writeReport(logs []string) error {
	page := report.Page{
		Pack: named(e.pack), Logs: allNamed(logs), Train: allNamed(e.train), ParamsFrom: "the defaults of nabij learn", Summary: e.Summary,
	}
	if e.against != "" {
		page.Other = named(e.against)
	}
	if e.params != "" {
		page.ParamsFrom = "those of " + named(e.params)
	}
	return build.WriteFile(e.ctx, e.report, func(w io.Writer) error { return report.Write(w, page) })
}

// named returns the name of a file or folder, without the folders that it is in.
func named(path string) string {
	if whole, err := filepath.Abs(path); err == nil { // a dot has a name, too
		path = whole
	}
	return filepath.Base(path)
}

func allNamed(paths []string) []string {
	names := make([]string, len(paths))
	for k, path := range paths {
		names[k] = named(path)
	}
	return names
}
