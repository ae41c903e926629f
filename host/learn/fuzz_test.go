package learn

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// addFixtures adds the logs of testdata to a corpus.
func addFixtures(f *testing.F, pattern string) {
	names, err := filepath.Glob(filepath.Join("testdata", pattern))
	require.NoError(f, err)
	require.NotEmpty(f, names)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(text)
	}
}

// addsUp requires that what a sessioniser ends with adds up, and that all of it is of the catalogue.
func addsUp(t *testing.T, s *sessioniser) {
	v, r, err := s.end(t.Context())
	require.NoError(t, err)
	require.Equal(t, r.Events, v.Events())
	require.Equal(t, r.Sessions+r.Single, v.Sessions())
	ids := map[string]bool{}
	for _, it := range shop {
		ids[it.ID] = true
	}
	for k := range v.Sessions() {
		items, lastS := v.Session(k)
		require.NotEmpty(t, items)
		require.False(t, lastS < 0 || lastS > s.latest)
		for _, i := range items {
			require.True(t, ids[v.Items()[i]], v.Items()[i])
		}
	}
}

// FuzzText reads what may be a log that is text, in each format: it is refused, or what is read adds up.
func FuzzText(f *testing.F) {
	for _, pattern := range []string{"*.csv", "*.tsv", "*.json", "*.jsonl", "*.log"} {
		addFixtures(f, pattern)
	}
	catalogue := NewLookup(shop)
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, format := range append(Formats(), Format{}) {
			s := newSessioniser(ReadOptions{Now: now, Catalogue: catalogue, Format: format.Name, Gap: DefaultGap, MostEvents: DefaultMostEvents})
			if readAs(bufio.NewReaderSize(bytes.NewReader(text), 1<<16), format.Name, s) == nil {
				addsUp(t, s)
			}
		}
	})
}

// FuzzAccessLine reads what may be a line of an access log: it is refused, or its parts stand in it.
func FuzzAccessLine(f *testing.F) {
	f.Add(accessExample)
	for _, name := range []string{"access.log", "vhost.log"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		require.NoError(f, err)
		for line := range strings.Lines(string(text)) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line string) {
		l, err := parseAccess([]byte(line))
		if err != nil {
			require.ErrorIs(t, err, errLine)
			return
		}
		require.NotEmpty(t, l.address)
		for _, part := range []string{l.host, l.address, l.time, l.method, l.target, l.status, l.referrer, l.agent} {
			require.Contains(t, line, part)
		}
	})
}
