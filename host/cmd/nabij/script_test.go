package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScripts runs the files of testdata. Each has a first part that says what it shows, files to write as
// "-- name --" and what they hold, and at last "-- script --" with commands and what they print:
//
//	$ nabij build feed.jsonl --out dist < stdin
//	standard output
//	| standard error
//	exit 1
//
// Commands are nabij and those of script.do. UPDATE=1 go test rewrites the scripts; the reviewer reads the diff. Sizes,
// times and digests that change with the module are written as <size>, <time> and <digest>.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runScript(t, file) })
	}
}

var fileStart = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func runScript(t *testing.T, file string) {
	const start = "-- script --\n"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	head, want, ok := strings.Cut(string(text), start)
	require.True(t, ok, "%s has no script", file)
	source, err := filepath.Abs(file)
	require.NoError(t, err)

	t.Chdir(t.TempDir())
	starts := fileStart.FindAllStringSubmatchIndex(head, -1)
	for i, s := range starts {
		end := len(head)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		name := head[s[2]:s[3]]
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(head[s[1]:end]), 0o666))
	}
	var got strings.Builder
	for line := range strings.Lines(want) {
		if strings.HasPrefix(line, "#") {
			got.WriteString(line)
			continue
		}
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		got.WriteString(line)
		got.WriteString(masked(do(t, words(t, strings.TrimSpace(command)))))
		got.WriteString("\n")
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(source, []byte(head+start+got.String()), 0o666))
		return
	}
	require.Equal(t, want, got.String(), "UPDATE=1 go test rewrites %s", file)
}

// do carries out a command and returns what it printed.
func do(t *testing.T, args []string) string {
	switch args[0] {
	case "nabij":
		return doNabij(t, args[1:])
	case "ls": // ls DIR
		entries, err := os.ReadDir(args[1])
		if err != nil {
			return "not there\n"
		}
		var b strings.Builder
		for _, e := range entries {
			fmt.Fprintln(&b, e.Name())
		}
		return b.String()
	case "cat": // cat FILE
		data, err := os.ReadFile(args[1])
		require.NoError(t, err)
		return string(data)
	case "truncate": // truncate FILE SIZE
		n, err := strconv.ParseInt(args[2], 10, 64)
		require.NoError(t, err)
		require.NoError(t, os.Truncate(args[1], n))
	case "poke": // poke FILE OFFSET HEX
		data, err := os.ReadFile(args[1])
		require.NoError(t, err)
		at, err := strconv.Atoi(args[2])
		require.NoError(t, err)
		b, err := hex.DecodeString(args[3])
		require.NoError(t, err)
		copy(data[at:], b)
		require.NoError(t, os.WriteFile(args[1], data, 0o666))
	case "cp": // cp FILE FILE
		data, err := os.ReadFile(args[1])
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(args[2], data, 0o666))
	case "cmp": // cmp FILE FILE
		a, err := os.ReadFile(args[1])
		require.NoError(t, err)
		b, err := os.ReadFile(args[2])
		require.NoError(t, err)
		if bytes.Equal(a, b) {
			return "the same\n"
		}
		return "differ\n"
	case "rm": // rm FILE
		require.NoError(t, os.Remove(args[1]))
	default:
		t.Fatalf("there is no command %q", args[0])
	}
	return ""
}

func doNabij(t *testing.T, args []string) string {
	var stdin, stdout, stderr bytes.Buffer
	if i := slices.Index(args, "<"); i >= 0 {
		data, err := os.ReadFile(args[i+1])
		require.NoError(t, err)
		stdin.Write(data)
		args = args[:i]
	}
	code := run(args, &stdin, &stdout, &stderr)
	var b strings.Builder
	b.Write(stdout.Bytes())
	for line := range strings.Lines(stderr.String()) {
		b.WriteString(strings.TrimSuffix("| "+line, "\n") + "\n")
	}
	if code != exitFine {
		fmt.Fprintf(&b, "exit %d\n", code)
	}
	return b.String()
}

// words parts a line as a shell does: at spaces, but not within quotes of either kind.
func words(t *testing.T, line string) []string {
	var all []string
	var word strings.Builder
	quote, begun := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, begun = r, true
		case r == ' ':
			if begun {
				all = append(all, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	require.Zero(t, quote, "a quote does not end: %s", line)
	if begun {
		all = append(all, word.String())
	}
	return all
}

var masks = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`\b\d+(\.\d)? (B|kB|MB)\b`), "<size>"},
	{regexp.MustCompile(`\bin \d+(\.\d)?(ms|s)\b`), "in <time>"},
	{regexp.MustCompile(`"(raw|brotli)": \d+`), `"$1": <size>`},
	{regexp.MustCompile(`\b\d+ µs`), "<time>"},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), "<digest>"},
	{regexp.MustCompile(`\bid [0-9a-f]{16}\b`), "id <digest>"},
	{regexp.MustCompile(`\bnabij-[0-9a-f]{10}\.`), "nabij-<digest>."},
	{regexp.MustCompile(`\(devel\) \(go[^)]*\)|v0\.[^ ]+ \(go[^)]*\)`), "<version>"},
}

func masked(text string) string {
	for _, m := range masks {
		text = m.pattern.ReplaceAllString(text, m.with)
	}
	return text
}
