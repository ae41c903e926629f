package recognition

import (
	"cmp"
	"context"
	"sync"
)

// chunk is how many things a goroutine takes at a time: neighbours, which share what an engine remembers.
const chunk = 32

// each calls for 0 to n-1 one of the functions that begin makes, one for each worker, until one fails.
func (s *stage) each(ctx context.Context, what string, n int, begin func(worker int) (do func(k int) error, err error)) (err error) {
	var mu sync.Mutex
	var group sync.WaitGroup
	next, done := 0, 0
	take := func() (from, to int) {
		mu.Lock()
		defer mu.Unlock()
		err = cmp.Or(err, ctx.Err())
		if err != nil {
			return n, n
		}
		from = next
		next = min(n, next+chunk)
		return from, next
	}
	for worker := range s.opt.workers() {
		group.Go(func() {
			do, failed := begin(worker)
			if failed == nil {
				for from, to := take(); from < to && failed == nil; from, to = take() {
					for k := from; k < to && failed == nil; k++ {
						failed = do(k)
					}
					mu.Lock()
					done += to - from
					if s.opt.Progress != nil {
						s.opt.Progress(what, done, n)
					}
					mu.Unlock()
				}
			}
			mu.Lock()
			err = cmp.Or(err, failed)
			mu.Unlock()
		})
	}
	group.Wait()
	return err
}
