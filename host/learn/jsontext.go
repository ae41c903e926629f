package learn

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// text is text, or a number, or null, which is none: exports differ in that.
type text string

func (t *text) UnmarshalJSON(value []byte) error {
	switch {
	case bytes.Equal(value, []byte("null")):
		*t = ""
	case value[0] == '"' && bytes.IndexByte(value, '\\') < 0:
		*t = text(value[1 : len(value)-1]) // what most are
	case value[0] == '"':
		return json.Unmarshal(value, (*string)(t))
	case value[0] == '{' || value[0] == '[':
		return fmt.Errorf("want text or a number, got %.40s", value)
	default:
		*t = text(value)
	}
	return nil
}

// notAsDocumented says that an object is not what its format says it is.
func notAsDocumented(err error) error { return fmt.Errorf("it is not as its format has it: %w", err) }
