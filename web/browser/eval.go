package browser

import "time"

// Eval evaluates a script in the page and returns its value, as json.Unmarshal decodes it into an any.
//
// The script is a JavaScript expression. If it is a function it is called with args; if it, or what the function
// returns, is a promise, it is awaited. What JSON does not have is null. So these work:
//
//	b.Eval(`document.title`)
//	b.Eval(`(a, b) => a + b`, 1, 2)
//	b.Eval(`async () => { const r = await fetch("/pack"); return r.status }`)
//
// To define a global, assign to window.
func (b *Browser) Eval(script string, args ...any) any {
	b.t.Helper()
	var v any
	b.EvalInto(&v, script, args...)
	return v
}

// EvalInto is Eval that decodes the value into v, as json.Unmarshal does.
func (b *Browser) EvalInto(v any, script string, args ...any) {
	b.t.Helper()
	b.must(b.driven.Eval(v, script, args...))
}

// TryEval is EvalInto for scripts that may fail: it returns the error. v may be nil, for a script without a value.
func (b *Browser) TryEval(v any, script string, args ...any) error {
	return b.driven.Eval(v, script, args...)
}

// Wait evaluates a script every few milliseconds until it is truthy. It may fail meanwhile, as it does while a page is
// replaced. After the limit the test fails, with the last value or error.
func (b *Browser) Wait(until string, limit time.Duration) {
	b.t.Helper()
	b.must(b.driven.Wait(until, limit))
}
