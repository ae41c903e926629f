// Command npm writes the files of the npm package "nabij" into a folder, types and licence too: what scripts/package packs.
//
//	go run ./web/npm FOLDER VERSION
//
// It is run in the repository's root, and wants tsc on PATH.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/nabij/nabij/web"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./web/npm FOLDER VERSION")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "npm:", err)
		os.Exit(1)
	}
}

func write(dir, version string, log io.Writer) error {
	files, err := web.Package(version)
	if err != nil {
		return err
	}
	if files["LICENSE"], err = os.ReadFile("LICENSE"); err != nil {
		return fmt.Errorf("the repository's root is not here: %w", err)
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return declare(filepath.Join(dir, "dist"), log)
}

// declare has TypeScript write the declarations of the entries and of all that they name.
func declare(out string, log io.Writer) error {
	names, err := web.PackageEntries()
	if err != nil {
		return err
	}
	root, err := filepath.Abs("web")
	if err != nil {
		return err
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	files := []string{filepath.Join(root, "src", "css.d.ts")}
	for _, name := range names {
		files = append(files, filepath.Join(root, "src", name+".ts"))
	}
	config, err := json.Marshal(map[string]any{
		"extends": filepath.Join(root, "tsconfig.json"), "files": files, "include": []string{},
		"compilerOptions": map[string]any{
			"noEmit": false, "declaration": true, "emitDeclarationOnly": true, "rootDir": filepath.Join(root, "src"), "outDir": out,
		},
	})
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "nabij-npm-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	project := filepath.Join(dir, "tsconfig.json")
	if err := os.WriteFile(project, config, 0o644); err != nil {
		return err
	}
	tsc := exec.Command("tsc", "--project", project)
	tsc.Stdout, tsc.Stderr = log, log
	if err := tsc.Run(); err != nil {
		return fmt.Errorf("tsc: %w", err)
	}
	return nil
}
