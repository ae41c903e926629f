package driver

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The script is an expression, so that it is compiled by the engine's own door for drivers: a page's CSP would forbid
// eval. The value crosses as text because drivers differ in how they write what is not JSON.
const evaluate = `
const done = arguments[arguments.length - 1], args = arguments[0];
(async () => {
	const value = await (%s
	);
	return typeof value === "function" ? value(...args) : value;
})().then(
	value => done({value: JSON.stringify(value) ?? "null"}),
	error => done({error: String(error), stack: String(error?.stack ?? "")}),
);`

// Eval evaluates a script in the page and decodes its value into v, as json.Unmarshal does. v may be nil, for a script
// without a value.
//
// The script is a JavaScript expression. If it is a function it is called with args; if it, or what the function
// returns, is a promise, it is awaited. What JSON does not have is null. So these work:
//
//	b.Eval(&title, `document.title`)
//	b.Eval(&sum, `(a, b) => a + b`, 1, 2)
//	b.Eval(&status, `async () => { const r = await fetch("/pack"); return r.status }`)
//
// To define a global, assign to window.
func (b *Browser) Eval(v any, script string, args ...any) error {
	what := "eval " + shorten(script)
	if args == nil {
		args = []any{}
	}
	var result struct{ Value, Error, Stack string }
	err := b.into(&result, what, executeAsync, params{"script": fmt.Sprintf(evaluate, script), "args": []any{args}})
	if err != nil {
		return err
	}
	if result.Error != "" {
		return b.failed(what, &driverError{Code: "the script threw", Message: result.Error, Stacktrace: result.Stack})
	}
	if v == nil {
		return nil
	}
	if err := json.Unmarshal([]byte(result.Value), v); err != nil {
		return b.errorf(what, "%w in %.200s", err, result.Value)
	}
	return nil
}

// Wait evaluates a script every few milliseconds until it is truthy. It may fail meanwhile, as it does while a page is
// replaced. After the limit the error has the last value or error.
func (b *Browser) Wait(until string, limit time.Duration) error {
	truthy := `async () => { let value = await (` + until + "\n" + `); if (typeof value === "function") value = await value();
		return {truthy: !!value, value} }`
	var last struct {
		Truthy bool
		Value  json.RawMessage
	}
	what := "wait until " + shorten(until)
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		err := b.Eval(&last, truthy)
		if err == nil && last.Truthy {
			return nil
		}
		if time.Now().After(end) {
			if err != nil {
				return b.errorf(what, "%w", err)
			}
			return b.errorf(what, "after %v it is still %s", limit, last.Value)
		}
	}
}

// shorten returns a script as one line of an error.
func shorten(script string) string {
	words := strings.Join(strings.Fields(script), " ")
	if len(words) > 120 {
		words = words[:117] + "..."
	}
	return words
}
