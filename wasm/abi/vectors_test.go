package abi_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
)

// vectorsFile holds messages as bytes and as values, for this spelling of the contract and for TypeScript's. After a
// change that is meant, UPDATE=1 go test ./wasm/abi rewrites it.
const vectorsFile = "testdata/vectors.json"

// vectors is the file. In values, names are in snake case, text is a string, and an integer that JavaScript's numbers
// do not hold is a string of its decimals.
type vectors struct {
	Version  int           `json:"version"`
	Messages []vector      `json:"messages"`
	Refused  []refusedCase `json:"refused"`
}

type vector struct {
	Name    string `json:"name"`
	Message string `json:"message"`
	Value   any    `json:"value"`
	Hex     string `json:"hex"`
}

// refusedCase is a message that a decoder refuses; index is the signal at fault, or -1.
type refusedCase struct {
	Name    string `json:"name"`
	Message string `json:"message"`
	Hex     string `json:"hex"`
	Status  int    `json:"status"`
	Field   string `json:"field"`
	Index   int    `json:"index"`
}

// codec encodes and decodes one message.
type codec struct {
	encode func(value any) []byte
	decode func(b []byte) (value any, index int, err error)
}

type moment struct{ NowMs uint64 }

var codecs = map[string]codec{
	"signals": {
		func(v any) []byte { return abi.AppendSignals(nil, v.([]core.Signal)) },
		func(b []byte) (any, int, error) {
			signals, index, err := abi.DecodeSignals(b)
			return signals, index, err
		},
	},
	"outcomes": plain(func(v []core.Outcome) []byte { return abi.AppendOutcomes(nil, v) },
		func(b []byte) ([]core.Outcome, error) { return abi.DecodeOutcomes(nil, b) }),
	"request": plain(func(v core.Request) []byte { return abi.AppendRequest(nil, v) }, abi.DecodeRequest),
	"reply":   plain(func(v core.Reply) []byte { return abi.AppendReply(nil, v) }, abi.DecodeReply),
	"moment": plain(func(v moment) []byte { return abi.AppendMoment(nil, v.NowMs) },
		func(b []byte) (moment, error) { ms, err := abi.DecodeMoment(b); return moment{ms}, err }),
	"intent":  plain(func(v core.Intent) []byte { return abi.AppendIntent(nil, v) }, abi.DecodeIntent),
	"failure": plain(func(v abi.Failure) []byte { return abi.AppendFailure(nil, v) }, abi.DecodeFailure),
}

func plain[V any](encode func(V) []byte, decode func([]byte) (V, error)) codec {
	return codec{
		func(v any) []byte { return encode(v.(V)) },
		func(b []byte) (any, int, error) { v, err := decode(b); return v, -1, err },
	}
}

func signal(kind core.SignalKind, atMs uint64, change func(*core.Signal)) core.Signal {
	s := core.NewSignal(kind, atMs)
	if change != nil {
		change(&s)
	}
	return s
}

var suggestions = []core.Suggestion{
	{Item: 17, Score: 41_250, Lift: 1000, Reason: core.Reason{Code: core.OftenTogether, Topic: pack.NoTopic, Item: 3}},
	{Item: 2, Score: 9_001, Lift: 2512, Reason: core.Reason{Code: core.SameTopic, Topic: 5, Item: pack.NoItem}},
}

var messages = []struct {
	name, message string
	value         any
}{
	{"a view of item 7", "signals", []core.Signal{signal(core.View, 0, func(s *core.Signal) { s.Item = 7 })}},
	{"time spent, a search and a preference", "signals", []core.Signal{
		signal(core.Engaged, 12_000, func(s *core.Signal) { s.Value = 11_500 }),
		signal(core.Search, 15_250, func(s *core.Signal) { s.Text = []byte("régenjas ☔") }),
		signal(core.Filter, 16_000, func(s *core.Signal) { s.Text = []byte("blue") }),
		signal(core.Preference, core.MaxTimeMs, func(s *core.Signal) { s.Topic, s.Value = 4, 100 }),
	}},
	{"an outcome of each sort", "outcomes", []core.Outcome{core.Counted, core.Undeclared, core.Sensitive, core.Meaningless}},
	{"a home page, nothing known", "request", core.Request{NowMs: 0, Layer: 1, Item: pack.NoItem, Topic: pack.NoTopic}},
	{"every field", "request", core.Request{
		NowMs: 1_790_000_000_123, Slot: 2, Size: 6, Layer: 3, Item: 70_000, Topic: 12,
		Context: core.Context{Daypart: pack.Evening, Day: pack.Weekend, Device: pack.Phone, Region: pack.Region8,
			Referrer: pack.ReferrerSearch, Language: 2},
		Explain: true, Public: true,
	}},
	{"nothing to suggest", "reply", core.Reply{Layer: 1, Faces: 1, SharePermille: 1000}},
	{"two suggestions of the third face of eight", "reply", core.Reply{
		Layer: 2, Face: 2, Faces: 8, SharePermille: 137, BitsSpent: 768, BitsLeft: 2304, Suggestions: suggestions}},
	{"a suggestion of three public items", "reply", core.Reply{
		Layer: 1, Faces: 1, SharePermille: 1000, BitsLeft: 3072, Public: []uint32{7, 70_000, 1}, Suggestions: suggestions[:1]}},
	{"twenty seconds", "moment", moment{20_000}},
	{"nothing to go on", "intent", core.Intent{}},
	{"comparing, mostly of topic 5", "intent", core.Intent{
		Mode: core.Comparing, Confidence: 71, Evidence: [core.ModeCount]uint8{12, 71, 12, 0, 5}, TopicCount: 2,
		Topics: [core.MaxIntentTopics]core.TopicConfidence{{Topic: 5, Confidence: 80}, {Topic: 9, Confidence: 20}}}},
	{"nothing was refused", "failure", abi.Failure{Index: -1}},
	{"the third signal has a wrong item", "failure", abi.Failure{
		Status: core.BadRequest, Index: 2, Text: "signal.item: not an item of the pack"}},
	{"a byte of the pack has changed", "failure", abi.Failure{
		Status: core.BadPack, Cause: pack.ErrDamaged, Index: 16, Got: 0x0123_4567_89ab_cdef, Text: "header"}},
}

var refused = []struct{ name, message, hex string }{
	{"nothing", "signals", ""},
	{"no signals", "signals", "0100080000001800"},
	{"records of another size", "signals", "0100080001001c0000000000"},
	{"fewer records than it counts", "signals", "010008000200180001000000070000000000000000000000000000000000" + "0000"},
	{"text beyond the message", "signals", "010008000100180004000000ffffffff00000000000000000000000005000000" + "626c7565"},
	{"text too long", "signals", "010008000100180004000000ffffffff00000000000000000000000001010000" + strings.Repeat("62", 257)},
	{"second record's reserved byte", "signals", "010008000200180001000000070000000000000000000000000000000000000001010000070000000000000000000000000000000000" + "0000"},
	{"another version", "request", "02001c0001000100" + strings.Repeat("00", 20)},
	{"another head size", "request", "0100200001000100" + strings.Repeat("00", 24)},
	{"unknown flags", "request", "01001c0001000104" + strings.Repeat("00", 20)},
	{"one byte more", "request", "01001c0001000100" + strings.Repeat("00", 21)},
	{"layer 0", "reply", "010010000000010000000000" + "14000000"},
	{"more than a slot holds", "reply", "010010000100011500000000" + "14000000" + strings.Repeat("00", 420)},
	{"a reason that is not known", "reply", "0100100001000101000000001400000000000000000000000000000000000000ffff0900"},
	{"mode 5", "intent", "01001000050000000000000004000000"},
	{"101 percent", "intent", "01001000006500000000000004000000"},
	{"outcome 4", "outcomes", "010008000100000004"},
}

func TestVectors(t *testing.T) {
	file := vectors{Version: abi.Version}
	for _, m := range messages {
		c := codecs[m.message]
		b := c.encode(m.value)
		back, _, err := c.decode(b)
		require.NoError(t, err, m.name)
		assert.Equal(t, m.value, back, m.name)
		file.Messages = append(file.Messages, vector{m.name, m.message, spelled(reflect.ValueOf(m.value)), hex.EncodeToString(b)})
	}
	for _, r := range refused {
		b, err := hex.DecodeString(r.hex)
		require.NoError(t, err, r.name)
		_, index, err := codecs[r.message].decode(b)
		var e *core.Error
		require.ErrorAs(t, err, &e, r.name)
		file.Refused = append(file.Refused, refusedCase{r.name, r.message, r.hex, int(e.Status), e.Field(), index})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	require.NoError(t, enc.Encode(file))
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(vectorsFile, b.Bytes(), 0o644))
	}
	want, err := os.ReadFile(vectorsFile)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String(), "run UPDATE=1 go test ./wasm/abi and review the difference")
}

// spelled returns a value as the file spells it.
func spelled(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Struct:
		fields := make(map[string]any)
		for i := range v.NumField() {
			fields[snake(v.Type().Field(i).Name)] = spelled(v.Field(i))
		}
		return fields
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 && v.Type().Elem().Name() == "uint8" && v.Kind() == reflect.Slice {
			return string(v.Bytes())
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = spelled(v.Index(i))
		}
		return list
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() > core.MaxTimeMs {
			return strconv.FormatUint(v.Uint(), 10)
		}
		return v.Uint()
	case reflect.Int:
		return v.Int()
	}
	return v.Interface()
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) && !unicode.IsUpper(rune(name[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Whatever is cut off or added, a decoder says so.
func TestMessagesHaveOneLength(t *testing.T) {
	for _, m := range messages {
		c := codecs[m.message]
		whole := c.encode(m.value)
		for n := range len(whole) {
			_, _, err := c.decode(whole[:n:n])
			assert.Error(t, err, "%s %q cut to %d of %d bytes", m.message, m.name, n, len(whole))
		}
		_, _, err := c.decode(append(whole, 0))
		assert.Error(t, err, "%s %q and a byte more", m.message, m.name)
	}
}

// A later module may append to heads and records: this host reads past what it does not know.
func TestRepliesMayGrow(t *testing.T) {
	reply := abi.AppendReply(nil, core.Reply{Layer: 1, Faces: 1, Suggestions: suggestions})
	grown := append([]byte{1, 0, 20, 0}, reply[4:12]...)
	grown = append(grown, 22, 0, 0, 0, 9, 0, 0xAA, 0xAA)
	for i := range suggestions {
		grown = append(grown, reply[18+20*i:][:20]...)
		grown = append(grown, 0xBB, 0xBB)
	}
	got, err := abi.DecodeReply(grown)
	require.NoError(t, err)
	assert.Equal(t, core.Reply{Layer: 1, Faces: 1, SharePermille: 9, Suggestions: suggestions}, got)
}

func FuzzDecode(f *testing.F) {
	for _, m := range messages {
		f.Add(codecs[m.message].encode(m.value))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for name, c := range codecs {
			value, _, err := c.decode(b)
			if err != nil {
				_, constant := err.(*core.Error)
				require.True(t, constant, "%s: %v", name, err)
				continue
			}
			again, _, err := c.decode(c.encode(value))
			require.NoError(t, err, name)
			require.Equal(t, value, again, name)
		}
	})
}
