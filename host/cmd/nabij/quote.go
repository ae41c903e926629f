package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// quoted returns text as a shell reads it back, in quotes only where it needs them.
func quoted(text string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+="
	if text != "" && strings.Trim(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// jsonText returns text as a JSON string.
func jsonText(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // text cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}
