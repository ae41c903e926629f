package learn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// Decode sets the parameters that a JSON object names, and leaves all others. A name that is none is refused. The error says in which line, and
// which field.
func (p *Params) Decode(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(p)
	at := func(offset int64) string {
		return fmt.Sprintf("line %d: ", 1+bytes.Count(text[:min(int64(len(text)), offset)], []byte("\n")))
	}
	var broken *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil && d.More():
		return errors.New(at(d.InputOffset()+1) + "there is more after the object")
	case errors.Is(err, io.EOF):
		return errors.New("it is empty; want a JSON object of parameters")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New(at(int64(len(text))) + "no JSON: the object has no end")
	case errors.As(err, &broken):
		return fmt.Errorf("%sno JSON: %w", at(broken.Offset), broken)
	case errors.As(err, &wrong):
		return errors.New(at(wrong.Offset) + wrongType(wrong, ""))
	}
	if name, ok := unknownField(err); ok {
		return fmt.Errorf("%sno parameter is called %q", at(int64(bytes.Index(text, []byte(strconv.Quote(name))))), name)
	}
	return err
}

// unknownField returns the name that a decoder refused.
func unknownField(err error) (name string, ok bool) {
	if err == nil {
		return "", false
	}
	quoted, ok := strings.CutPrefix(err.Error(), "json: unknown field ")
	if !ok {
		return "", false
	}
	name, err = strconv.Unquote(quoted)
	return name, err == nil
}

// wrongType says which field has a value of the wrong type, and what it should be. within is the field that it is in, with a dot.
func wrongType(wrong *json.UnmarshalTypeError, within string) string {
	want := "an object"
	switch wrong.Type.Kind() {
	case reflect.Uint8:
		want = "a whole number from 0 to 255"
	case reflect.Int:
		want = "a whole number"
	case reflect.Float64:
		want = "a number"
	}
	if field := strings.TrimSuffix(within+wrong.Field, "."); field != "" {
		return fmt.Sprintf("%s: got %s, want %s", field, wrong.Value, want)
	}
	return fmt.Sprintf("got %s, want %s", wrong.Value, want)
}
