package policy

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/host/copy"
)

// textsOf returns all texts of a language by the name of their field.
func textsOf(w words) map[string]string {
	texts := map[string]string{}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			texts[name] = v.String()
		case reflect.Struct:
			for k := range v.NumField() {
				walk(name+"."+v.Type().Field(k).Name, v.Field(k))
			}
		case reflect.Array:
			for k := range v.Len() {
				walk(fmt.Sprintf("%s[%d]", name, k), v.Index(k))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(fmt.Sprintf("%s[%s]", name, key), v.MapIndex(key))
			}
		}
	}
	walk("", reflect.ValueOf(w))
	delete(texts, ".signal[0].Term") // there is no signal 0
	delete(texts, ".signal[0].Text")
	return texts
}

// TestTone: none of the words watches, presses or courts, as the linter of texts sees it.
func TestTone(t *testing.T) {
	l := copy.New()
	for language, w := range map[Language]words{English: english, Dutch: dutch} {
		for name, text := range textsOf(w) {
			result, err := l.File("text.txt", []byte(text), copy.Options{Language: string(language)})
			require.NoError(t, err)
			assert.Empty(t, result.Findings, "%s%s: %s", language, name, text)
		}
	}
}
