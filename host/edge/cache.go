package edge

import (
	"container/list"
	"net/http"
	"sync"
	"time"

	"github.com/nabij/nabij/host/edge/moment"
)

// variantKey is what a variant of a page is kept by, and so all that it depends on.
type variantKey struct {
	secure  bool
	address string // host, path and query
	class   moment.Class
	version string // of the pack
}

// variant is a page as it was filled for a class. It does not change.
type variant struct {
	header http.Header // as it was sent, but for Cache-Control
	body   []byte
	fresh  freshness
	stored time.Time
}

// maxVariantBytes is the most that one variant may take.
const maxVariantBytes = 1 << 20

// overheadBytes is about what a variant takes beside its body.
const overheadBytes = 1 << 10

// cache keeps variants in a bounded memory, those that were used last.
type cache struct {
	mu    sync.Mutex
	most  int64
	bytes int64
	used  *list.List // of *kept, the last used first
	byKey map[variantKey]*list.Element
}

type kept struct {
	key variantKey
	*variant
}

func newCache(most int64) *cache {
	return &cache{most: most, used: list.New(), byKey: map[variantKey]*list.Element{}}
}

func (k *kept) size() int64 { return int64(len(k.body)+len(k.key.address)) + overheadBytes }

// get returns a variant that is fresh, or nil.
func (c *cache) get(key variantKey, now time.Time) *variant {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil
	}
	k := e.Value.(*kept)
	if age := now.Sub(k.stored); age < 0 || age >= k.fresh.lifetime {
		c.drop(e)
		return nil
	}
	c.used.MoveToFront(e)
	return k.variant
}

// put keeps a variant in place of what was there.
func (c *cache) put(key variantKey, v *variant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.drop(e)
	}
	k := &kept{key, v}
	if k.size() > c.most {
		return
	}
	c.byKey[key] = c.used.PushFront(k)
	for c.bytes += k.size(); c.bytes > c.most; {
		c.drop(c.used.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	k := c.used.Remove(e).(*kept)
	delete(c.byKey, k.key)
	c.bytes -= k.size()
}
