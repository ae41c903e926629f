package host

import (
	"context"

	"github.com/nabij/nabij/wasm/abi"
)

// native is the module as Go code.
type native struct{ module abi.Module }

func newNative() *native { return new(native) }

func (n *native) call(ctx context.Context, e export, message []byte, arg uint32) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &n.module
	if e.takesMessage() {
		to := m.Reserve(uint32(len(message)))
		if to == nil {
			return nil, refusal(ctx, n)
		}
		copy(to, message)
	}
	length := int32(len(message))
	var got int32
	switch e {
	case exportOpen:
		got = m.Open(length)
	case exportObserve:
		got = m.Observe(length)
	case exportSuggest:
		got = m.Suggest(length)
	case exportIntent:
		got = m.Intent(length)
	case exportSave:
		got = m.Save()
	case exportRestore:
		got = m.Restore(length)
	case exportReset:
		got = m.Reset()
	case exportLastError:
		got = m.LastError()
	}
	if got < 0 {
		return nil, refusal(ctx, n)
	}
	return m.Reply(), nil
}

func (n *native) memory() uint32 { return 0 }

func (n *native) close(context.Context) error { return nil }
