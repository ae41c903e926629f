package host

import "errors"

// What Open returns besides the errors of package pack.
var (
	// ErrModule means that the bytes are not nabij.wasm: they do not compile, an export is missing, or they import
	// something.
	ErrModule = errors.New("host: not the module")
	// ErrVersion means that the module speaks another version of the contract than this host.
	ErrVersion = errors.New("host: version of the module does not match")
)

// What calls return besides *abi.Failure, which is the module's refusal of a request.
var (
	// ErrTrap means that an instance stopped in the middle of a call: a fault in the module, or, with Interruptible, the
	// end of the call's context, which the error then wraps too. The instance is gone; the session is as it was before
	// the call, and the next call gets another instance.
	ErrTrap = errors.New("host: the module trapped")
	// ErrClosed means that the engine was closed.
	ErrClosed = errors.New("host: engine is closed")
)
