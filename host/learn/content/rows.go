package content

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
)

// rowBlock is how many rows a worker makes before it looks for the next piece of work and for cancellation.
const rowBlock = 64

// Rows returns for each item the items most like it. Items are in order of popularity: neighbours are indices into
// items, and of two that are equally like an item the smaller comes first.
//
// Every row has FromContent set and its neighbours by descending weight. A weight is a cosine in few steps, so more than 0 and, but
// for rounding, at most 1; weights are comparable across rows. Sensitive items have no row and are in no row. What is out of
// stock has a row and is in none, since it would not be suggested. Neighbours suit a reader of the item's language: the
// tags are equal, or one is empty or the beginning of the other.
//
// The error is ctx's, or says which option is out of range.
func Rows(ctx context.Context, items []catalogue.Item, opt Options) ([]pack.Row, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	languages := readLanguages(items)
	texts := Languages(items, opt.Language)
	numbers := readNumbers(items)

	chunks := make([]*chunk, (len(items)+chunkItems-1)/chunkItems)
	err = inParallel(ctx, opt.Workers, len(chunks), func() func(int) {
		return func(c int) {
			from, to := c*chunkItems, min((c+1)*chunkItems, len(items))
			chunks[c] = readChunk(items[from:to], languages.class[from:to], texts[from:to], numbers)
		}
	})
	if err != nil {
		return nil, err
	}
	vocabulary := merge(chunks)
	var parts map[uint32][]part
	if !opt.wholeWords {
		parts = compounds(vocabulary)
	}
	vectors := weigh(chunks, vocabulary, parts, opt.Weights)

	s := &shop{items: items, languages: languages, vectors: vectors, opt: opt}
	suggested := func(i int) bool { return !items[i].Sensitive && items[i].Availability != pack.OutOfStock }
	s.products = newIndex(vectors, func(i int) bool { return isProduct(&items[i]) && suggested(i) })
	s.others = newIndex(vectors, func(i int) bool { return !isProduct(&items[i]) && suggested(i) })

	order := s.alikeTogether()
	rows := make([]pack.Row, len(items))
	var mu sync.Mutex
	done := 0
	err = inParallel(ctx, opt.Workers, (len(items)+rowBlock-1)/rowBlock, func() func(int) {
		w := newWorker(s)
		return func(b int) {
			from, to := b*rowBlock, min((b+1)*rowBlock, len(items))
			for _, i := range order[from:to] {
				rows[i].FromContent = true
				if !items[i].Sensitive {
					rows[i].Neighbours = w.row(i)
					coarsen(rows[i].Neighbours)
				}
			}
			if opt.Progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done += to - from
				opt.Progress(done, len(items))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// alikeTogether returns the items in an order in which those that walk the same postings follow one another, so that
// these and the candidates they lead to are still in the processor's cache: items by their weightiest term that is not
// rare. Rows do not depend on the order.
func (s *shop) alikeTogether() []int {
	const rare = 32
	v := s.vectors
	order, key := make([]int, len(s.items)), make([]uint32, len(s.items))
	for i := range order {
		order[i] = i
		most := float32(0)
		for k := v.start[i]; k < v.start[i+1]; k++ {
			t := v.term[k]
			if n := s.products.count(t) + s.others.count(t); n >= rare && v.weight[k] > most {
				most, key[i] = v.weight[k], t
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(key[a], key[b]) })
	return order
}

// inParallel does n pieces of work, each by one of the workers; start is called once for each worker. It returns when all
// are done, or none is at work any more after ctx was cancelled.
func inParallel(ctx context.Context, workers, n int, start func() func(piece int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, n) {
		wait.Go(func() {
			do := start()
			for ctx.Err() == nil {
				piece := int(next.Add(1)) - 1
				if piece >= n {
					return
				}
				do(piece)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
