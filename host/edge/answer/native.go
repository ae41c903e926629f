package answer

import (
	"context"
	"slices"
	"sync"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// native is the engine as Go code. Asked at layer 1, with a visit of nothing each time, it keeps nothing of who asks.
type native struct {
	mu     sync.Mutex
	engine *core.Engine
}

// NewNative returns a suggester that runs the engine as Go code, without WebAssembly, one question after another.
func NewNative(p *pack.Pack) Suggester { return &native{engine: core.NewEngine(p)} }

func (n *native) Suggest(_ context.Context, request core.Request) (core.Reply, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	reply, refused := n.engine.Suggest(new(core.Session), &request)
	if refused != nil {
		return core.Reply{}, refused
	}
	own := *reply
	own.Suggestions = slices.Clone(reply.Suggestions)
	return own, nil
}
