package learn

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/internal/realdata"
)

// topicsOf makes topics of items that are named by letters, each of the path that stands behind its letter, as in "a=Bikes>City".
func topicsOf(items ...string) *Topics {
	var list []catalogue.Item
	for _, it := range items {
		id, path, _ := strings.Cut(it, "=")
		list = append(list, catalogue.Item{ID: id, Topics: [][]string{strings.Split(path, ">")}})
	}
	return NewTopics(list)
}

func TestTopics(t *testing.T) {
	topics := NewTopics([]catalogue.Item{
		{ID: "a", Topics: [][]string{{"Sale"}, {"Bikes", "City bikes"}, {"Gifts", "Ideas"}}, Aliases: []string{"a-red"}},
		{ID: "b", Topics: [][]string{{"BIKES", " ", "city  bikes"}}},
		{ID: "c", Topics: [][]string{{"Bikes"}}},
		{ID: "d", Topics: [][]string{{"Health"}}, Sensitive: true},
		{ID: "e"},
	})
	v := &Visits{}
	v.Add([]string{"a", "a-red", "b", "c", "d", "e", "gone"}, 1)
	var of []string
	for _, topic := range topics.items(v) {
		path := ""
		if topic >= 0 {
			path = strings.Join(topics.paths[topic], ">")
		}
		of = append(of, path)
	}
	assert.Equal(t, []string{"Bikes>City bikes", "Bikes>City bikes", "Bikes>City bikes", "Bikes", "", "", ""}, of)
	for topic, parent := range topics.parent {
		assert.Less(t, parent, topic)
	}
}

// countTopics counts what visits say of topics.
func countTopics(t require.TestingT, v *Visits, topics *Topics, p Params) (*contextCounts, *steps) {
	contexts, steps := newContextCounts(topics), newSteps(topics)
	require.NoError(t, topics.each(context.Background(), v, p, func(in Context, met []int) {
		contexts.add(in, met)
		steps.add(met)
	}))
	return contexts, steps
}

// TestPriorsOfCrowds draws visits, and counts for each prior and each topic what it says by going through all of them.
func TestPriorsOfCrowds(t *testing.T) {
	topics := topicsOf("a=A", "b=A>B", "c=A>B>C", "d=D", "e=D>E", "f=F", "g=A>G", "h=")
	name := map[string]string{"a": "A", "b": "A>B", "c": "A>B>C", "d": "D", "e": "D>E", "f": "F", "g": "A>G", "h": "-"}
	within := func(topic, above string) bool { return topic == above || strings.HasPrefix(topic, above+">") }
	rapid.Check(t, func(t *rapid.T) {
		v := &Visits{}
		class := func(first, last pack.Class, what string) pack.Class {
			if c := pack.Class(rapid.IntRange(int(first)-1, int(last)).Draw(t, what)); c >= first {
				return c
			}
			return 0
		}
		for range rapid.IntRange(1, 40).Draw(t, "sessions") {
			items := strings.Split(rapid.StringMatching(`[a-h]{1,8}`).Draw(t, "items"), "")
			v.AddIn(items, 1, Context{
				Daypart: class(pack.Night, pack.Evening, "daypart"), Day: class(pack.Weekday, pack.Weekend, "day"),
				Region: class(pack.Region1, pack.Region1+1, "region"),
			})
		}
		p := DefaultParams()
		p.MinSessions = rapid.IntRange(1, 5).Draw(t, "least")
		p.MaxLength = rapid.IntRange(2, 8).Draw(t, "longest")
		l, err := Learn(context.Background(), v, p, Options{Topics: topics})
		require.NoError(t, err)
		for _, prior := range l.Priors {
			want := 0
			for k := range v.Sessions() {
				items, _ := v.Session(k)
				items = items[max(0, len(items)-p.MaxLength):]
				if slices.Contains(v.Context(k).classes(), prior.Class) && slices.ContainsFunc(items, func(item uint32) bool {
					return within(name[v.Items()[item]], strings.Join(prior.Topic, ">"))
				}) {
					want++
				}
			}
			require.Equal(t, want, prior.Sessions, prior)
			require.GreaterOrEqual(t, prior.Sessions, p.MinSessions)
			require.GreaterOrEqual(t, prior.Multiplier, 1.0/MaxMultiplier)
			require.LessOrEqual(t, prior.Multiplier, float64(MaxMultiplier))
			if len(prior.Topic) == 1 { // of one below another it may part it from that
				require.NotEqual(t, 1.0, prior.Multiplier)
			}
		}
		for _, topic := range l.Topics {
			require.NotEmpty(t, topic.Next)
			for _, next := range topic.Next {
				want := 0
				for k := range v.Sessions() {
					if stepped(v, k, p.MaxLength, name, func(from, to string) bool {
						return within(from, strings.Join(topic.Path, ">")) && to == strings.Join(next.Path, ">")
					}) {
						want++
					}
				}
				require.Equal(t, want, next.Sessions)
				require.GreaterOrEqual(t, next.Sessions, p.MinSessions)
				require.LessOrEqual(t, next.Sessions, topic.Sessions)
			}
		}
	})
}

// stepped reports whether a session has gone from one topic to the next such that is holds. Items without a topic are passed over.
func stepped(v *Visits, k, longest int, name map[string]string, is func(from, to string) bool) bool {
	items, _ := v.Session(k)
	items = slices.Compact(slices.Clone(items[max(0, len(items)-longest):]))
	var topics []string
	for _, item := range items {
		if topic := name[v.Items()[item]]; topic != "-" {
			topics = append(topics, topic)
		}
	}
	for n := range len(topics) - 1 {
		if is(topics[n], topics[n+1]) {
			return true
		}
	}
	return false
}

// TestSessionTopics shows that a session says no more of topics than its bound, however many it meets.
func TestSessionTopics(t *testing.T) {
	var items []catalogue.Item
	v := &Visits{}
	var all []string
	for k := range 3 * sessionTopics {
		id := strconv.Itoa(k)
		items = append(items, catalogue.Item{ID: id, Topics: [][]string{{id}}})
		all = append(all, id, id)
	}
	v.AddIn(append(all, all...), 1, Context{Day: pack.Weekend})
	topics := NewTopics(items)
	counts, s := countTopics(t, v, topics, DefaultParams())
	visits := 0.0
	for _, row := range counts.visits {
		visits += sumOf(row[:])
	}
	assert.EqualValues(t, sessionTopics, visits)
	made := 0
	for _, to := range s.to {
		made += len(to)
	}
	assert.Equal(t, sessionTopics-1, made)
}

// TestSharesBackOff shows that a topic of few sessions is about as its parent, and one of many is as its visits are.
func TestSharesBackOff(t *testing.T) {
	topics := topicsOf("a=A", "b=A>Thin", "c=A>Thick", "d=D")
	v := &Visits{}
	meet := func(item string, class pack.Class, times int) {
		for range times {
			v.AddIn([]string{item}, 1, Context{Day: class})
		}
	}
	meet("a", pack.Weekend, 600)
	meet("a", pack.Weekday, 400)
	meet("b", pack.Weekend, 1)
	meet("b", pack.Weekday, 9)
	meet("c", pack.Weekend, 500)
	meet("c", pack.Weekday, 4_500)
	meet("d", pack.Weekend, 5_000)
	meet("d", pack.Weekday, 3_000)
	counts, _ := countTopics(t, v, topics, DefaultParams())
	s := newShares(counts, pack.Weekday, pack.Weekend)
	s.smooth(100)
	weekend := func(topic int) float64 { return s.of[topic][1] }
	all := (600 + 1 + 500 + 5_000) / 14_010.0
	assert.InDelta(t, all, s.all[1], 1e-12)
	parent := (600 + 1 + 500 + 100*all) / (6_010 + 100)
	assert.InDelta(t, parent, weekend(0), 1e-12)
	assert.InDelta(t, (1+100*parent)/(10+100), weekend(1), 1e-12)
	assert.InDelta(t, (500+100*parent)/(5_000+100), weekend(2), 1e-12)
}

// TestStrength draws topics whose shares differ by a prior of a known strength, and finds about that; and finds a large one where they do not
// differ.
func TestStrength(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func(share func() float64) *shares {
		s := &shares{topics: &Topics{}, all: []float64{0.5, 0.5}}
		for range 400 {
			counts, weekend := []float64{0, 0}, share()
			for range 200 {
				if r.Float64() < weekend {
					counts[1]++
				} else {
					counts[0]++
				}
			}
			s.topics.paths, s.topics.parent = append(s.topics.paths, nil), append(s.topics.parent, -1)
			s.counts, s.of = append(s.counts, counts), append(s.of, []float64{0, 0})
		}
		return s
	}
	// The share of the 20th largest of 39 uniform numbers is of Beta(20, 20): a strength of 40.
	beta := func() float64 {
		var u []float64
		for range 39 {
			u = append(u, r.Float64())
		}
		slices.Sort(u)
		return u[19]
	}
	assert.InDelta(t, math.Log2(40), math.Log2(draw(beta).strength()), 1)
	assert.GreaterOrEqual(t, draw(func() float64 { return 0.5 }).strength(), 2_000.0)
}

func TestTopicalFile(t *testing.T) {
	p := DefaultParams()
	p.MinSessions = 5
	l := &Learned{
		Params: p,
		Priors: []Prior{{pack.Evening, []string{"Bikes", "<City> bikes"}, 812, 1.23456}, {pack.Region8, []string{"Lamps"}, 5, 1.0 / MaxMultiplier}},
		Topics: []Topic{{[]string{"Bikes"}, 40, []NextTopic{{[]string{"Lamps"}, 30}, {[]string{"Bikes", "Road"}, 5}}}},
	}
	var file bytes.Buffer
	require.NoError(t, l.Write(&file))
	assert.Contains(t, file.String(), `{"class":"region-8","topic":["Lamps"],"sessions":5,"multiplier":0.06667}`+"\n")
	got, err := ReadLearned(bytes.NewReader(file.Bytes()), "learned.jsonl")
	require.NoError(t, err)
	l.Priors[0].Multiplier, l.Priors[1].Multiplier = 1.235, 0.06667
	assert.Equal(t, l.Priors, got.Priors)
	assert.Equal(t, l.Topics, got.Topics)
	for _, test := range []struct{ name, from, to, want string }{
		{"a class of nothing", `"evening"`, `"dusk"`, `f:2: class "dusk": want one of a context, such as "evening"`},
		{"few sessions", `812`, `4`, `f:2: topic "Bikes > <City> bikes" has 4 sessions, fewer than the 5 of line 1`},
		{"a multiplier of nothing", `1.235`, `0`, `f:2: multiplier of "Bikes > <City> bikes": got 0, want one in 15 to 15`},
		{"few that follow", `"sessions":30`, `"sessions":3`, `f:4: topic "Lamps" after "Bikes" has 3 sessions, fewer than the 5 of line 1`},
		{"more that follow than leave", `"sessions":30`, `"sessions":300`, `f:4: topic "Bikes" is left by 40 sessions, 300 of them for one topic`},
		{"a topic with a multiplier", `"next":[`, `"multiplier":2,"next":[`,
			`f:4: topic "Bikes": want its class, topic, sessions and multiplier, or its topic, sessions and next`},
		{"no path", `["Bikes","\u003cCity\u003e bikes"]`, `[]`, `f:2: topic "": want its class, topic, sessions and multiplier, or its topic, sessions and next`},
		{"one is missing", `"priors":2`, `"priors":3`, "f: it has 2 priors and 1 topics, and line 1 says 3 and 1: the file is not whole"},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Contains(t, file.String(), test.from)
			_, err := ReadLearned(strings.NewReader(strings.Replace(file.String(), test.from, test.to, 1)), "f")
			assert.EqualError(t, err, test.want)
		})
	}
}

// TestShuffledContexts gives the contexts of real sessions, which meet up to sessionTopics topics each, to other sessions: then no prior is
// left.
func TestShuffledContexts(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	items, _, err := catalogue.ReadAll(context.Background(), []string{realdata.Path(t, "online_retail/catalogue.csv")}, catalogue.Options{Currency: "GBP"})
	require.NoError(t, err)
	v, _, err := Read(context.Background(), []string{realdata.Path(t, "online_retail/train.csv")}, ReadOptions{Zone: london})
	require.NoError(t, err)
	counts, _ := countTopics(t, v, NewTopics(items), DefaultParams())
	assert.Greater(t, len(counts.priors(5)), 300)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(v.in), func(a, b int) { v.in[a], v.in[b] = v.in[b], v.in[a] })
	counts, _ = countTopics(t, v, NewTopics(items), DefaultParams())
	assert.Empty(t, counts.priors(5))
}
