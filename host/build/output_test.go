package build

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func names(t *testing.T, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	out := []string{}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestStaging(t *testing.T) {
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "a", "b")
	s, err := Stage(dir)
	require.NoError(t, err)
	require.NoError(t, s.Write(ctx, "one", text("1")))
	require.NoError(t, s.Write(ctx, "two", text("2")))
	for _, n := range names(t, dir) {
		require.True(t, strings.HasPrefix(n, "."), "nothing is in place yet: %s", n)
	}
	require.ErrorContains(t, s.Write(ctx, "one", text("again")), "staged before")
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.Discard(), "after Commit it does nothing")
	require.Equal(t, []string{"one", "two"}, names(t, dir))
	data, err := os.ReadFile(filepath.Join(dir, "two"))
	require.NoError(t, err)
	require.Equal(t, "2", string(data))
	require.Error(t, s.Commit(ctx))
}

func TestNothingHalfWrittenIsLeft(t *testing.T) {
	broken := errors.New("broken")
	cancelled, cancel := context.WithCancel(context.Background())
	for name, write := range map[string]func(io.Writer) error{
		"an error at once": func(io.Writer) error { return broken },
		"an error later": func(w io.Writer) error {
			_, err := w.Write(make([]byte, 1<<20))
			return errors.Join(err, broken)
		},
		"cancelled": func(w io.Writer) error {
			cancel()
			_, err := w.Write(make([]byte, 1<<20))
			return err
		},
		"cancelled unnoticed": func(w io.Writer) error {
			cancel()
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if strings.HasPrefix(name, "cancelled") {
				ctx = cancelled
			}
			dir := t.TempDir()
			path := filepath.Join(dir, "file")
			require.NoError(t, os.WriteFile(path, []byte("before"), 0o644))
			require.Error(t, WriteFile(ctx, path, write))
			require.Equal(t, []string{"file"}, names(t, dir))
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, "before", string(data))
		})
	}
}

func TestDiscardRemovesTheFolderItMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made")
	s, err := Stage(dir)
	require.NoError(t, err)
	require.NoError(t, s.Write(context.Background(), "one", text("1")))
	require.NoError(t, s.Discard())
	require.NoDirExists(t, dir)
}

func TestCommitOfACancelledBuild(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	s, err := Stage(dir)
	require.NoError(t, err)
	require.NoError(t, s.Write(ctx, "one", text("1")))
	cancel()
	require.ErrorIs(t, s.Commit(ctx), context.Canceled)
	require.Empty(t, names(t, dir))
}

func TestCommitThatFailsHalfway(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s, err := Stage(dir)
	require.NoError(t, err)
	require.NoError(t, s.Write(ctx, "one", text("1")))
	require.NoError(t, s.Write(ctx, "two", text("2")))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "two", "in the way"), 0o755))
	require.Error(t, s.Commit(ctx))
	require.Equal(t, []string{"one", "two"}, names(t, dir), "no temporary file is left")
}

func TestStagingRefusesPaths(t *testing.T) {
	s, err := Stage(t.TempDir())
	require.NoError(t, err)
	for _, n := range []string{"", ".", "..", "../a", "a/b", "/a"} {
		require.Error(t, s.Write(context.Background(), n, text("")), n)
	}
	require.NoError(t, s.Discard())
}

const wantManifest = `{
  "manifest": 1,
  "pack_format": 1,
  "abi": 2,
  "site": "https://shop.example",
  "counts": {
    "items": 3,
    "sensitive": 1,
    "topics": 2,
    "neighbours": 9,
    "terms": 4,
    "priors": 0,
    "slots": 6
  },
  "sensitivity": {
    "categories": [
      {
        "category": "health",
        "in_force": true,
        "items": 1,
        "topics": 0
      }
    ],
    "site": {
      "topic_paths": [
        "Shop > Quiet"
      ],
      "words": [
        "secret*"
      ],
      "item_ids": 2,
      "items": 3,
      "topics": 4
    },
    "feed": {
      "items": 5,
      "topics": 6
    },
    "exceptions": [
      {
        "of": "word",
        "name": "diabetes with owls",
        "reason": "it is a novel's title",
        "items": 7,
        "topics": 0
      }
    ]
  },
  "files": [
    {
      "name": "nabij.pack",
      "size": 3,
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "integrity": "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
    },
    {
      "name": "nabij.wasm",
      "size": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "integrity": "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    }
  ],
  "web": []
}
`

func testManifest(t *testing.T) Manifest {
	m := NewManifest("https://shop.example", 1, 2, Report{
		Items: 3, Sensitive: 1, Topics: 2, Neighbours: 5, TopicNeighbours: 4, Terms: 4, Slots: 6,
		Sensitivity: Sensitivity{
			Categories: []SensitiveCategory{{"health", true, SensitiveCount{1, 0}}},
			Site:       SensitiveAdditions{[]string{"Shop > Quiet"}, []string{"secret*"}, 2, SensitiveCount{3, 4}},
			Feed:       SensitiveCount{5, 6},
			Exceptions: []SensitiveException{{"word", "diabetes with owls", "it is a novel's title", SensitiveCount{7, 0}}},
		},
	})
	require.NoError(t, m.Add("nabij.wasm", strings.NewReader("")))
	require.NoError(t, m.Add("nabij.pack", strings.NewReader("other")))
	require.NoError(t, m.Add("nabij.pack", strings.NewReader("abc")))
	return m
}

func TestManifest(t *testing.T) {
	m := testManifest(t)
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	require.Equal(t, wantManifest, b.String())
	read, err := ReadManifest(&b)
	require.NoError(t, err)
	require.Equal(t, m, read)
}

// TestManifestOfAllExceptions: what a build of as many exceptions as a configuration can have writes, ReadManifest reads.
func TestManifestOfAllExceptions(t *testing.T) {
	m := testManifest(t)
	for range maxExceptions {
		m.Sensitivity.Exceptions = append(m.Sensitivity.Exceptions, SensitiveException{Of: "word", Name: "w", Reason: strings.Repeat("so ", 1365)})
	}
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	read, err := ReadManifest(&b)
	require.NoError(t, err)
	require.Equal(t, m, read)
}

func TestVerify(t *testing.T) {
	m := testManifest(t)
	whole := fstest.MapFS{"nabij.pack": {Data: []byte("abc")}, "nabij.wasm": {}, "page.html": {}}
	require.NoError(t, m.Verify(whole))
	err := m.Verify(fstest.MapFS{"nabij.pack": {Data: []byte("abd")}})
	require.ErrorIs(t, err, ErrMismatch)
	require.ErrorContains(t, err, "nabij.pack: got sha256 a52d")
	require.ErrorContains(t, err, "nabij.wasm")
	require.ErrorContains(t, m.Verify(fstest.MapFS{"nabij.pack": {Data: []byte("abcd")}, "nabij.wasm": {}}), "nabij.pack: got 4 bytes, want 3")
	m.Files[0].Integrity = "sha384-"
	require.ErrorContains(t, m.Verify(whole), "nabij.pack: got integrity")
}

func TestReadManifestRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                `EOF`,
		"[]":              "cannot unmarshal array",
		`{"manifest": 2}`: "version 2, want 1",
		`{"manifest": 1, "files": [{"name": "../x"}]}`: `files[0].name "../x" is no plain file name`,
		`{"manifest": 1, "file": []}`:                  `unknown field "file"`,
	} {
		_, err := ReadManifest(strings.NewReader(text))
		require.ErrorIs(t, err, ErrManifest)
		require.ErrorContains(t, err, want)
	}
}
