package host

import (
	"context"

	"github.com/nabij/nabij/wasm/abi"
)

// export names a function of the module; see wasm/ABI.md.
type export uint8

const (
	exportVersion export = iota
	exportReserve
	exportOpen
	exportObserve
	exportSuggest
	exportIntent
	exportSave
	exportRestore
	exportReset
	exportLastError
	exportReply

	exportCount
)

var exportNames = [exportCount]string{"version", "reserve", "open", "observe", "suggest", "intent", "save",
	"restore", "reset", "last_error", "reply"}

// takesMessage reports whether the export's parameter is the length of what was written to the reserved bytes.
func (e export) takesMessage() bool {
	switch e {
	case exportOpen, exportObserve, exportSuggest, exportIntent, exportRestore:
		return true
	}
	return false
}

// instance is a running module. It is used by one goroutine at a time.
type instance interface {
	// call calls an export that answers with a message. Its argument is the message for those that take one, arg for
	// item and topic. The reply is a view, valid until the next call. The error is an *abi.Failure when the module
	// refused, and wraps ErrTrap when the instance must be discarded.
	call(ctx context.Context, e export, message []byte, arg uint32) (reply []byte, err error)
	// memory returns the bytes of memory that the instance holds, 0 where that cannot be told.
	memory() uint32
	close(ctx context.Context) error
}

// refusal reads why the instance refused its last call.
func refusal(ctx context.Context, in instance) error {
	reply, err := in.call(ctx, exportLastError, nil, 0)
	if err != nil {
		return err
	}
	failure, err := abi.DecodeFailure(reply)
	if err != nil {
		return err
	}
	return &failure
}
