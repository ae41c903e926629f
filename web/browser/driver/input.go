package driver

import (
	"encoding/json"
	"strings"
	"time"
)

// Key is a key, or several that are held together with the last: KeyShift + KeyTab. A letter is its own key.
type Key string

// Keys by name, https://www.w3.org/TR/webdriver2/#keyboard-actions.
const (
	KeyBackspace Key = "\uE003"
	KeyTab       Key = "\uE004"
	KeyEnter     Key = "\uE007"
	KeyShift     Key = "\uE008"
	KeyControl   Key = "\uE009"
	KeyAlt       Key = "\uE00A"
	KeyEscape    Key = "\uE00C"
	KeySpace     Key = " "
	KeyPageUp    Key = "\uE00E"
	KeyPageDown  Key = "\uE00F"
	KeyEnd       Key = "\uE010"
	KeyHome      Key = "\uE011"
	KeyLeft      Key = "\uE012"
	KeyUp        Key = "\uE013"
	KeyRight     Key = "\uE014"
	KeyDown      Key = "\uE015"
	KeyDelete    Key = "\uE017"
)

// Selectors of Click, Type and Hover are CSS. What stands behind ">>>" is looked for in the open shadow root of what
// stands before it: "nabij-slot >>> button". The first that matches is meant, and is waited for for some seconds.

// Click scrolls to an element and clicks its middle with the mouse. Another element in front of it is an error.
func (b *Browser) Click(selector string) error {
	id, err := b.find("click", selector)
	if err == nil {
		_, err = b.send("click "+selector, elementClick, params{"id": id})
	}
	return err
}

// Type focuses an element and types text into it, behind what is there.
func (b *Browser) Type(selector, text string) error {
	id, err := b.find("type", selector)
	if err == nil {
		_, err = b.send("type into "+selector, elementType, params{"id": id, "text": text})
	}
	return err
}

// Hover scrolls to an element and moves the mouse to its middle.
func (b *Browser) Hover(selector string) error {
	id, err := b.find("hover", selector)
	if err != nil {
		return err
	}
	_, err = b.send("scroll to "+selector, execute, params{
		"script": `arguments[0].scrollIntoView({behavior: "instant", block: "nearest", inline: "nearest"})`,
		"args":   []any{element(id)},
	})
	if err != nil {
		return err
	}
	_, err = b.send("hover "+selector, perform, params{"actions": []any{params{
		"type": "pointer", "id": "mouse", "parameters": params{"pointerType": "mouse"},
		"actions": []any{params{"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element(id)}},
	}}})
	return err
}

// Key presses and releases keys, one after the other, in whatever has the focus.
func (b *Browser) Key(keys ...Key) error {
	var actions []any
	for _, chord := range keys {
		held := []rune(string(chord))
		for _, key := range held {
			actions = append(actions, params{"type": "keyDown", "value": string(key)})
		}
		for i := range held {
			actions = append(actions, params{"type": "keyUp", "value": string(held[len(held)-1-i])})
		}
	}
	_, err := b.send("press keys", perform, params{"actions": []any{params{"type": "key", "id": "keyboard", "actions": actions}}})
	return err
}

// elementKey marks a reference to an element in JSON; the standard chose it.
const elementKey = "element-6066-11e4-a52e-4f735466cecf"

func element(id string) params { return params{elementKey: id} }

const findElement = `
let found = document;
for (const [i, part] of arguments[0].entries()) {
	if (i > 0) found = found.shadowRoot;
	found = found && found.querySelector(part);
}
return found;`

// find waits for an element and returns its reference.
func (b *Browser) find(why, selector string) (string, error) {
	what := why + " " + selector
	parts := strings.Split(selector, ">>>")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	for end := time.Now().Add(elementLimit); ; time.Sleep(20 * time.Millisecond) {
		value, err := b.send(what, execute, params{"script": findElement, "args": []any{parts}})
		if err != nil {
			return "", err
		}
		var reference map[string]string
		if json.Unmarshal(value, &reference) == nil && reference[elementKey] != "" {
			return reference[elementKey], nil
		}
		if time.Now().After(end) {
			url, _ := b.URL()
			return "", b.errorf(what, "no such element at %s after %v", url, elementLimit)
		}
	}
}
