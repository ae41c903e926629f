package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tone "github.com/nabij/nabij/host/copy"
)

// skippedFolders hold what others wrote or programs made. Folders that begin with a dot are skipped too.
var skippedFolders = map[string]bool{"node_modules": true, "vendor": true, "dist": true, "build": true, "target": true, "testdata": true, "bower_components": true,
	"__pycache__": true}

// skippedFiles are configuration of programs, whose names end as those of texts do.
var skippedFiles = map[string]bool{"package.json": true, "package-lock.json": true, "tsconfig.json": true, "composer.json": true, "composer.lock": true,
	"manifest.json": true, "pnpm-lock.yaml": true, "yarn.lock": true, "nabij.json": true}

// textFiles calls f with a file, or with those below a folder that can be read, in order. A file that is named is given whatever it is.
func textFiles(path string, f func(name string, err error) error) error {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return f(path, err)
	}
	return filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return f(name, err)
		case d.IsDir():
			if name != path && (skippedFolders[d.Name()] || strings.HasPrefix(d.Name(), ".")) {
				return filepath.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || skippedFiles[d.Name()] || strings.HasPrefix(d.Name(), ".") || strings.Contains(d.Name(), ".min.") || isTest(d.Name()):
			return nil
		case !tone.FormatKnown(name):
			return nil
		}
		return f(name, nil)
	})
}

// codeFormats are those of files whose names tell a test.
var codeFormats = map[string]bool{".go": true, ".js": true, ".mjs": true, ".cjs": true, ".ts": true, ".mts": true, ".cts": true, ".jsx": true, ".tsx": true}

// isTest reports whether a file of code is a test, whose strings nobody reads on a page.
func isTest(name string) bool {
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(name, ext)
	return codeFormats[ext] && (strings.HasSuffix(base, "_test") || strings.HasSuffix(base, ".test") || strings.HasSuffix(base, ".spec") || strings.HasSuffix(base, ".stories") ||
		strings.HasSuffix(base, ".d"))
}
