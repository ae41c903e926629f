package learn

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecodeParams(t *testing.T) {
	p := DefaultParams()
	require.NoError(t, p.Decode([]byte(`{"min_sessions": 3, "together": {"reach": 7}}`)))
	want := DefaultParams()
	want.MinSessions, want.Together.Reach = 3, 7
	assert.Equal(t, want, p, "what is not named stays")
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var back Params
	require.NoError(t, back.Decode(text))
	assert.Equal(t, want, back)

	for _, c := range []struct{ text, want string }{
		{"", "it is empty; want a JSON object of parameters"},
		{"{\n\"min_sessions\": 3,\n", "line 3: no JSON: the object has no end"},
		{"{\n\"min_sessions\" 3}", "line 2: no JSON: invalid character '3' after object key"},
		{"{\n\"min_sessions\": 3,\n\"min_sesions\": 4}", `line 3: no parameter is called "min_sesions"`},
		{"{\n\"min_sessions\": \"3\"}", "line 2: min_sessions: got string, want a whole number"},
		{"{\n\"together\": {\n\"reach\": true}}", "line 3: together.reach: got bool, want a number"},
		{"[]", "line 1: got array, want an object"},
		{"{}\n{}", "line 2: there is more after the object"},
		{`{"intent": {"topic_recency": -1}}`, "intent.topic_recency: got number -1, want a whole number from 0 to 255"},
		{`{"intent": {"kind_mix": {"leaving": {"guide": "16"}}}}`, "intent.kind_mix: got string, want a whole number from 0 to 255"},
		{`{"intent": 3}`, "intent: got number, want an object"},
	} {
		assert.EqualError(t, p.Decode([]byte(c.text)), c.want, c.text)
	}
}
