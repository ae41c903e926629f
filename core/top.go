package core

// maxTop is the most items that a top keeps.
const maxTop = 72

type scored struct {
	item  uint32
	score uint64
}

// top keeps the best of what it is offered, by score, ties to the smaller item.
type top struct {
	best  [maxTop]scored
	n     int
	size  int
	least uint64 // less than this is not kept
}

func (t *top) reset(size int) { t.n, t.size, t.least = 0, min(size, maxTop), 0 }

// ranked returns what is kept, the best first, as a view.
func (t *top) ranked() []scored { return t.best[:t.n] }

func (t *top) offer(item uint32, score uint64) {
	if score >= t.least {
		t.insert(item, score)
	}
}

func (t *top) insert(item uint32, score uint64) {
	k := t.n
	if k == t.size {
		k--
		if last := &t.best[k]; score == last.score && item > last.item {
			return
		}
	} else {
		t.n++
	}
	for k > 0 && (t.best[k-1].score < score || t.best[k-1].score == score && t.best[k-1].item > item) {
		t.best[k] = t.best[k-1]
		k--
	}
	t.best[k] = scored{item, score}
	if t.n == t.size {
		t.least = t.best[t.n-1].score
	}
}
