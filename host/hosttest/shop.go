package hosttest

import (
	"context"
	"testing"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
)

// Shop is a pack opened for tests. It may be used by tests that run in parallel.
type Shop struct {
	*host.Engine
	// words are what visitors search for.
	words []string
}

// Open opens a pack: a file, or the folder that nabij build made. The test fails when it cannot, and closes it at its end.
func Open(t testing.TB, path string) *Shop {
	t.Helper()
	b, err := host.ReadPack(path)
	if err != nil {
		t.Fatal(err)
	}
	return OpenBytes(t, b)
}

// OpenBytes opens the pack in b, which must not change during the test. Without options the engine runs natively; with
// any, as host.Open does with them.
func OpenBytes(t testing.TB, b []byte, options ...host.Option) *Shop {
	t.Helper()
	if len(options) == 0 {
		options = []host.Option{host.Native()}
	}
	engine, err := host.Open(context.Background(), b, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close(context.Background()) })
	if engine.Pack().Items() == 0 {
		t.Fatal("hosttest: the pack has no items")
	}
	return &Shop{Engine: engine, words: words(engine.Pack())}
}

// words are what visitors search for: the words of topics' names.
func words(p *pack.Pack) []string {
	words := []string{"zxqj", "ünïcode ☔"}
	for t := range p.Topics() {
		name := p.TopicName(t)
		for {
			var word []byte
			if word, name = pack.NextWord(name); len(word) == 0 {
				break
			}
			words = append(words, string(word))
		}
	}
	return words
}

// faces returns every list that the slot of the page can show.
func (s *Shop) faces(request core.Request) ([]core.Face, error) {
	return s.Faces(request)
}
