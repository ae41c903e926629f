package abitest

import "github.com/nabij/nabij/wasm/abi"

// Export names a function of the module in a file of calls.
type Export uint8

// The exports, by the numbers that files use.
const (
	Open Export = iota
	Observe
	Suggest
	Intent
	Save
	Restore
	Reset
	LastError
	Version
	Reserve

	exports
)

// Names are the exports' names in the module.
var Names = [exports]string{"open", "observe", "suggest", "intent", "save", "restore", "reset", "last_error", "version", "reserve"}

// Call is a call of the module.
type Call struct {
	Export Export
	// Write says that Message is written to newly reserved bytes first, as a host does that means well.
	Write   bool
	Message []byte
	// Arg is the argument: the length of Message for a host that means well. Version has none.
	Arg uint32
}

// Writing returns a call with a message.
func Writing(export Export, message []byte) Call {
	return Call{Export: export, Write: true, Message: message, Arg: uint32(len(message))}
}

// Plain returns a call without a message.
func Plain(export Export, arg uint32) Call { return Call{Export: export, Arg: arg} }

// Answer is what a call gave: its result, and its reply unless that is negative. For reserve the result is 1 or 0, for
// a pointer and none, as hosts differ in their pointers.
type Answer struct {
	Result int32
	Reply  []byte
}

// Do makes the call of a module that runs natively. The reply is a view, valid until the next call.
func (c Call) Do(m *abi.Module) Answer {
	if c.Write {
		to := m.Reserve(uint32(len(c.Message)))
		if to == nil {
			return Answer{Result: -1 << 31}
		}
		copy(to, c.Message)
	}
	var result int32
	n := int32(c.Arg)
	switch c.Export {
	case Open:
		result = m.Open(n)
	case Observe:
		result = m.Observe(n)
	case Suggest:
		result = m.Suggest(n)
	case Intent:
		result = m.Intent(n)
	case Save:
		result = m.Save()
	case Restore:
		result = m.Restore(n)
	case Reset:
		result = m.Reset()
	case LastError:
		result = m.LastError()
	case Version:
		return Answer{Result: m.Version()}
	case Reserve:
		if m.Reserve(c.Arg) != nil {
			result = 1
		}
		return Answer{Result: result}
	}
	if result < 0 {
		return Answer{Result: result}
	}
	return Answer{Result: result, Reply: m.Reply()}
}
