package audit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nabij/nabij/web/browser/driver"
)

// Step is one thing that a visitor does. Do says which: "scroll", "wait_ms", "click", "type", "key", "hover" or "eval".
type Step struct {
	Do string
	// What is a selector for click and hover (after ">>>" in a shadow root), "end" or a number of pixels for scroll, the
	// text for type, the key's name for key, and a JavaScript expression for eval.
	What string
	Into string        // the selector that type types into
	Wait time.Duration // of wait_ms

	where string // file and line, for messages
}

func (s Step) String() string {
	switch s.Do {
	case "wait_ms":
		return fmt.Sprintf("wait_ms %d", s.Wait.Milliseconds())
	case "eval":
		return "eval"
	case "type":
		return fmt.Sprintf("type into %q", s.Into)
	}
	return fmt.Sprintf("%s %q", s.Do, s.What)
}

var stepKinds = []string{"scroll", "wait_ms", "click", "type", "key", "hover", "eval"}

// keys by the names that KeyboardEvent.key has for them.
var keys = map[string]driver.Key{
	"Backspace": driver.KeyBackspace, "Tab": driver.KeyTab, "Enter": driver.KeyEnter, "Escape": driver.KeyEscape,
	"Space": driver.KeySpace, "PageUp": driver.KeyPageUp, "PageDown": driver.KeyPageDown, "End": driver.KeyEnd,
	"Home": driver.KeyHome, "ArrowLeft": driver.KeyLeft, "ArrowUp": driver.KeyUp, "ArrowRight": driver.KeyRight,
	"ArrowDown": driver.KeyDown, "Delete": driver.KeyDelete,
}

// step reads a step.
func (r *scriptReader) step(n *node) Step {
	fields := r.fields(n, append(slices.Clone(stepKinds), "into")...)
	s := Step{where: fmt.Sprintf("%s:%d", r.name, n.line)}
	if fields == nil {
		return s
	}
	into := fields["into"]
	delete(fields, "into")
	if len(fields) != 1 {
		r.fault(n.line, n.path, "got %d things to do, want one of %s in each step", len(fields), strings.Join(stepKinds, ", "))
		return s
	}
	for kind, value := range fields {
		s.Do = kind
		text, isText := value.value.(string)
		number, _ := value.value.(json.Number)
		whole, err := strconv.ParseInt(number.String(), 10, 32)
		switch want := map[string]string{
			"scroll": `"end" or a number of pixels`, "wait_ms": fmt.Sprintf("a whole number from 1 to %d", mostWaitMs),
			"key":  "a letter, or one of " + strings.Join(slices.Sorted(maps.Keys(keys)), ", "),
			"type": "the text to type", "eval": "a JavaScript expression",
		}[kind]; {
		case kind == "wait_ms" && err == nil && whole >= 1 && whole <= mostWaitMs:
			s.Wait = time.Duration(whole) * time.Millisecond
		case kind == "scroll" && (text == "end" || err == nil && whole >= 0):
			s.What = text + number.String()
		case kind == "key" && isText && (keys[text] != "" || utf8.RuneCountInString(text) == 1):
			s.What = text
		case kind != "wait_ms" && kind != "scroll" && kind != "key" && isText && strings.TrimSpace(text) != "":
			s.What = text
		default:
			if want == "" {
				want = `a selector such as "nabij-suggestions >>> button"`
			}
			r.fault(value.line, value.path, "got %s, want %s", value.shown(), want)
		}
	}
	switch selector, ok := "", false; {
	case s.Do == "type" && into == nil:
		r.fault(n.line, n.path, `"into" is missing: the selector of a field, such as "input[type=search]"`)
	case s.Do != "type" && into != nil:
		r.fault(into.line, into.path, `only "type" has it; leave it out`)
	case into != nil:
		if selector, ok = into.value.(string); !ok || strings.TrimSpace(selector) == "" {
			r.fault(into.line, into.path, `got %s, want the selector of a field, such as "input[type=search]"`, into.shown())
		}
		s.Into = selector
	}
	return s
}

// play does the step in the browser.
func (s Step) play(b *driver.Browser) error {
	switch s.Do {
	case "wait_ms":
		time.Sleep(s.Wait)
		return nil
	case "scroll":
		// Wheels scroll a page in steps; a site hears of each.
		return b.Eval(nil, `async (to) => {
			const end = to === "end" ? document.documentElement.scrollHeight : Number(to);
			for (let before = -1; scrollY > before && scrollY < end; ) {
				before = scrollY;
				scrollBy({ top: Math.min(300, end - scrollY), behavior: "instant" });
				await new Promise((done) => setTimeout(done, 30));
			}
		}`, s.What)
	case "click":
		return b.Click(s.What)
	case "hover":
		return b.Hover(s.What)
	case "type":
		return b.Type(s.Into, s.What)
	case "key":
		if key, ok := keys[s.What]; ok {
			return b.Key(key)
		}
		return b.Key(driver.Key(s.What))
	default:
		return b.Eval(nil, s.What)
	}
}
