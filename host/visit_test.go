package host

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadVisit(t *testing.T) {
	e := openShop(t, Native())
	lines := `{"at_ms":0,"signal":"view","item":"item-3"}

{"at_ms":12000,"signal":"search","text":"word3 <b>"}
{"at_ms":30000,"signal":"dismissed","topic":"` + e.TopicPath(5) + `"}
{"at_ms":31000,"signal":"engaged","value":900}
`
	events, err := ReadVisit(strings.NewReader(lines))
	require.NoError(t, err)
	require.Len(t, events, 4)
	var again strings.Builder
	for _, event := range events {
		signal, err := e.Signal(event)
		require.NoError(t, err)
		again.WriteString(e.Event(signal).String() + "\n")
	}
	assert.Equal(t, strings.ReplaceAll(lines, "\n\n", "\n"), again.String())
}

func TestReadVisitRefuses(t *testing.T) {
	for line, want := range map[string]string{
		`{"at_ms":0,"signal":"veiw"}`:          `host: visit line 2: signal: "veiw" is not a kind of signal`,
		`{"at_ms":-1,"signal":"view"}`:         `host: visit line 2: json: cannot unmarshal number -1 into Go struct field Event.at_ms of type uint64`,
		`{"at":0,"signal":"view"}`:             `host: visit line 2: json: unknown field "at"`,
		`{"at_ms":0,"signal":"view"} {}`:       `host: visit line 2: more than one value on the line`,
		`view`:                                 `host: visit line 2: invalid character 'v' looking for beginning of value`,
		`{"at_ms":0,"signal":"view","item":3}`: `host: visit line 2: json: cannot unmarshal number into Go struct field Event.item of type string`,
	} {
		_, err := ReadVisit(strings.NewReader("{\"at_ms\":0,\"signal\":\"view\"}\n" + line))
		assert.EqualError(t, err, want, line)
	}
	e := openShop(t, Native())
	_, err := e.Signal(Event{Signal: "view", Item: "nowhere"})
	assert.EqualError(t, err, `host: item: the pack has no item with id or URL "nowhere"`)
	_, err = e.Signal(Event{Signal: "view", Topic: "nowhere"})
	assert.EqualError(t, err, `host: topic: the pack has no topic "nowhere", or several of that name`)
	_, err = e.Signal(Event{Signal: "nothing"})
	assert.EqualError(t, err, `host: signal: "nothing" is not a kind of signal`)
}

func TestLookup(t *testing.T) {
	e := openShop(t)
	slot, ok := e.FindSlot("basket")
	assert.True(t, ok)
	assert.Equal(t, uint8(2), slot)
	assert.Equal(t, uint8(2), e.FindLanguage("EN"))
	assert.Zero(t, e.FindLanguage("de"))
	topic, ok := e.FindTopic(e.TopicPath(20))
	assert.True(t, ok)
	assert.Equal(t, uint16(20), topic)
	_, ok = e.FindItem("")
	assert.False(t, ok)
}
