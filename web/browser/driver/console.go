package driver

import (
	"cmp"
	"encoding/json"
	"os"
	"regexp"
)

// Message is one line of the console.
type Message struct {
	Level string // "debug", "info", "warning" or "error"
	Text  string // in the engine's words, which may begin with an address and quote strings
}

func (m Message) String() string { return m.Level + ": " + m.Text }

// Console returns what the consoles of all tabs got since the last call: console.* calls, uncaught errors, unhandled
// rejections, what a policy blocked, failed loads. Firefox gives console.* calls
// last, and of a text its first line.
//
// WebKitGTK tells a driver nothing of its console. There this returns what CollectErrors collected in the current
// document, and fails if it was not called.
func (b *Browser) Console() ([]Message, error) {
	switch b.Engine {
	case Chromium:
		return b.chromiumConsole()
	case Firefox:
		return b.firefoxConsole()
	default:
		return b.collected()
	}
}

// CollectErrors has Console know what happens in the current document from now on. Only WebKit needs it, and only there
// it changes the page: it wraps the methods of console and listens for error, unhandledrejection and
// securitypolicyviolation events. What happened while the document loaded is not known.
func (b *Browser) CollectErrors() error {
	if b.Engine != WebKit {
		return nil
	}
	return b.Eval(nil, collector)
}

const collector = `() => {
	const key = Symbol.for("nabij browser console");
	if (window[key]) return;
	const messages = [], text = v => v instanceof Error ? String(v) : typeof v === "string" ? v : JSON.stringify(v) ?? String(v);
	Object.defineProperty(window, key, {value: messages});
	const levels = {debug: "debug", log: "info", info: "info", warn: "warning", error: "error"};
	for (const [name, level] of Object.entries(levels)) {
		const before = console[name];
		console[name] = function (...args) {
			try { messages.push({level, text: args.map(text).join(" ")}) } catch { messages.push({level, text: "unprintable"}) }
			return before.apply(this, args);
		};
	}
	const on = (target, event, say) => target.addEventListener(event, e => messages.push({level: "error", text: say(e)}), true);
	on(window, "error", e => e.target === window || e.message ? "Uncaught " + (e.error ?? e.message) : "cannot load " + (e.target.src || e.target.href));
	on(window, "unhandledrejection", e => "Unhandled rejection: " + e.reason);
	on(document, "securitypolicyviolation", e => "the policy " + e.effectiveDirective + " blocked " + e.blockedURI);
}`

func (b *Browser) collected() (messages []Message, err error) {
	err = b.Eval(&messages, `window[Symbol.for("nabij browser console")]?.splice(0)`)
	if err == nil && messages == nil {
		url, _ := b.URL()
		err = b.errorf("console", "nothing is known without CollectErrors, which %s did not see", url)
	}
	return messages, err
}

func (b *Browser) chromiumConsole() (messages []Message, err error) {
	var entries []struct{ Level, Message string }
	err = b.into(&entries, "read the console", command{"POST", "se/log", ""}, params{"type": "browser"})
	levels := map[string]string{"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "SEVERE": "error"}
	for _, e := range entries {
		messages = append(messages, Message{levels[e.Level], e.Message})
	}
	return messages, err
}

// firefoxErrors takes what pages caused from the list behind Firefox's Browser Console. The processes that pages run in
// send it there in the order in which they answer commands, so nothing of before is missing.
const firefoxErrors = `
const messages = Services.console.getMessageArray()
	.filter(m => m instanceof Ci.nsIScriptError && m.isForwardedFromContentProcess)
	.map(m => ({
		level: m.flags & Ci.nsIScriptError.warningFlag ? "warning" : m.flags & Ci.nsIScriptError.infoFlag ? "info" : "error",
		text: m.sourceName + " " + m.lineNumber + ":" + m.columnNumber + " " + m.errorMessage,
	}));
Services.console.reset();
return messages;`

// firefoxCall is how Firefox prints a call of a console method, because of a preference; firefoxOwn is what follows when
// the call is one of Firefox's own modules, which it names. It prints a page's texts in quotes.
var (
	firefoxCall = regexp.MustCompile(`(?m)^console\.(\w+): (.*)`)
	firefoxOwn  = regexp.MustCompile(`^[\w.]+: ?$`)
)

func (b *Browser) firefoxConsole() (messages []Message, err error) {
	const what = "read the console"
	forwarded, err := b.privileged(what, firefoxErrors)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(forwarded, &messages); err != nil {
		return nil, b.errorf(what, "%w", err)
	}
	f := b.conn.(*firefox)
	printed, err := os.ReadFile(f.output)
	if err != nil {
		return nil, b.errorf(what, "%w", err)
	}
	levels := map[string]string{"debug": "debug", "trace": "debug", "warn": "warning", "error": "error", "assert": "error"}
	for _, call := range firefoxCall.FindAllSubmatch(printed[f.read:], -1) {
		if !firefoxOwn.Match(call[2]) {
			messages = append(messages, Message{cmp.Or(levels[string(call[1])], "info"), string(call[2])})
		}
	}
	f.read = len(printed)
	return messages, nil
}
