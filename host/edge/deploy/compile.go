package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/nabij/nabij/wasm/edge/worker"
)

// App is what answers what begins with /_nabij/: the compiled part in Go, and the script that runs it.
type App struct{ Binary, Script []byte }

const (
	modulePath = "github.com/nabij/nabij"
	appPath    = modulePath + "/wasm/edge"
)

// ErrNoSource is returned by Compile where it knows no version of Nabij to compile.
var ErrNoSource = errors.New("the source of Nabij is not at hand")

// Compile compiles wasm/edge with the go command: of the module that the working directory is in, if that is Nabij's or requires it, and
// else of the version that this program was built from, which the go command fetches.
func Compile(ctx context.Context) (*App, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, fmt.Errorf("%w: there is no go command", ErrNoSource)
	}
	tmp, err := os.MkdirTemp("", "nabij-edge-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	dir, flags := ".", []string(nil)
	if _, err := run(ctx, ".", "list", "-f", "{{.Dir}}", appPath); err != nil {
		version := ""
		if info, ok := debug.ReadBuildInfo(); ok {
			for _, m := range append(info.Deps, &info.Main) {
				if m.Path == modulePath {
					version = m.Version
				}
			}
		}
		if version == "" || version == "(devel)" || strings.Contains(version, "+dirty") {
			return nil, fmt.Errorf("%w: run this in its folder", ErrNoSource)
		}
		mod := fmt.Sprintf("module app\n\ngo 1.25\n\nrequire %s %s\n", modulePath, version)
		if err := os.WriteFile(filepath.Join(tmp, "go.mod"), []byte(mod), 0o600); err != nil {
			return nil, err
		}
		dir, flags = tmp, []string{"-mod=mod"}
	}
	binary := filepath.Join(tmp, "app.wasm")
	if _, err := run(ctx, dir, append(append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", binary}, flags...), appPath)...); err != nil {
		return nil, err
	}
	root, err := run(ctx, dir, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	app := &App{}
	if app.Binary, err = os.ReadFile(binary); err != nil {
		return nil, err
	}
	glue, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	app.Script, err = worker.Go(glue)
	return app, err
}

// run runs the go command for the Worker's platform, and returns what it prints.
func run(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(stderr.Bytes()))
	}
	return strings.TrimSpace(stdout.String()), nil
}
