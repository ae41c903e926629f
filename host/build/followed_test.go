package build

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn"
)

func TestFollowedRows(t *testing.T) {
	items := []catalogue.Item{
		{ID: "tent", Topics: [][]string{{"Tents"}}}, {ID: "mat", Topics: [][]string{{"Mats"}}}, {ID: "seldom", Topics: [][]string{{"Stoves"}}},
		{ID: "pill", Topics: [][]string{{"Health"}}}, {ID: "tarp", Topics: [][]string{{"Tents", "Tarps"}}},
	}
	for k := range items {
		items[k].Title = strconv.Itoa(k)
	}
	next := func(sessions int, path ...string) learn.NextTopic {
		return learn.NextTopic{Path: path, Sessions: sessions}
	}
	l := &learn.Learned{
		Params: learn.DefaultParams(),
		Items:  []learn.Item{{ID: "tent", Sessions: 60}, {ID: "mat", Sessions: 50}, {ID: "seldom", Sessions: 40}, {ID: "pill", Sessions: 30}, {ID: "tarp", Sessions: 20}},
		Topics: []learn.Topic{
			{Path: []string{"tents"}, Sessions: 400, Next: []learn.NextTopic{next(150, "Mats"), next(10, "Stoves"), next(10, "Health"), next(10, "Gone")}},
			{Path: []string{"Stoves"}, Sessions: 9, Next: []learn.NextTopic{next(9, "Mats")}},
			{Path: []string{"Health"}, Sessions: 9, Next: []learn.NextTopic{next(9, "Mats")}},
			{Path: []string{"Gone"}, Sessions: 9, Next: []learn.NextTopic{next(9, "Mats")}},
		},
	}
	src, _, err := Source(context.Background(), items, Config{SensitiveTopics: [][]string{{"Health"}}}, Options{Learned: l})
	require.NoError(t, err)
	weights := map[string]map[string]float64{}
	for topic, row := range src.TopicRows {
		of := map[string]float64{}
		for _, n := range row.Neighbours {
			of[src.Items[n.Item].ID] = n.Weight
		}
		weights[src.Topics[topic].Name] = of
	}
	// Of 220 steps 150 are to mats and 50 count for the tents themselves, one of which is below; ten are too few for a stove, and ten
	// are to what nothing may be said of.
	share := 50.0 / 220
	tents := weights["Tents"]
	assert.Len(t, tents, 3)
	assert.InDelta(t, 150.0/220, tents["mat"], 1e-9)
	assert.InDelta(t, share, tents["tent"]+tents["tarp"], 1e-9)
	assert.Greater(t, tents["tent"], tents["tarp"])
	assert.Equal(t, map[string]float64{"seldom": 50.0 / 59, "mat": 9.0 / 59}, weights["Stoves"])
	assert.Equal(t, map[string]float64{"mat": 1}, weights["Mats"], "as the catalogue has it")
	assert.Empty(t, weights["Health"])
	for topic, fromContent := range map[string]bool{"Tents": false, "Stoves": true, "Mats": true} {
		for k := range src.Topics {
			if src.Topics[k].Name == topic {
				assert.Equal(t, fromContent, src.TopicRows[k].FromContent, topic)
			}
		}
	}
	_, err = pack.Write(src)
	require.NoError(t, err)
}

// TestFollowedRowsKeepSeats shows that a row has no more of each language and kind than a topic's own.
func TestFollowedRowsKeepSeats(t *testing.T) {
	var items []catalogue.Item
	l := &learn.Learned{Params: learn.DefaultParams()}
	for _, topic := range []string{"A", "B"} {
		for _, language := range []string{"nl", "de"} {
			for k := range 3 * topicNeighbours {
				id := topic + language + strconv.Itoa(k)
				it := catalogue.Item{ID: id, Title: id, Language: language, Topics: [][]string{{topic}}}
				if k%3 == 0 {
					it.Kind = pack.KindGuide
				}
				items = append(items, it)
				l.Items = append(l.Items, learn.Item{ID: id, Sessions: 100})
			}
		}
	}
	l.Topics = []learn.Topic{{Path: []string{"A"}, Sessions: 60, Next: []learn.NextTopic{{Path: []string{"B"}, Sessions: 50}}}}
	src, _, err := Source(context.Background(), items, Config{}, Options{Learned: l})
	require.NoError(t, err)
	type seats struct {
		language uint8
		kind     pack.Kind
	}
	count := func(row pack.Row) map[seats]int {
		of := map[seats]int{}
		for _, n := range row.Neighbours {
			of[seats{src.Items[n.Item].Language, src.Items[n.Item].Kind}]++
		}
		return of
	}
	assert.Equal(t, count(src.TopicRows[1]), count(src.TopicRows[0]))
	assert.Len(t, src.TopicRows[0].Neighbours, 2*topicNeighbours)
}
