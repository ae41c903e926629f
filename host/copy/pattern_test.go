package copy

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPatterns shows what a pattern of each kind finds.
func TestPatterns(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{"we|they saw", "There they saw it", "they saw"},
		{"we|they saw", "There he saw it", ""},
		{"we ... you", "Today we have often seen you.", "we have often seen you"},
		{"we ...2 you", "We have so often seen you.", ""},
		{"we ... you", "We have not seen you.", ""},
		{"we ... you", "We have. You have.", ""},
		{"we ... you", "We, as ever, saw you.", "We, as ever, saw you"},
		{"@we saw", "All of us saw it", "All of us saw"},
		{"we 've? seen", "We’ve seen. ", "We’ve seen"},
		{"we 've? seen", "We seen", "We seen"},
		{"we've seen", "WE'VE SEEN", "WE'VE SEEN"},
		{"(on the basis of | by) you", "Made on the basis of you", "on the basis of you"},
		{"(on the basis of | by) you", "Made by you", "by you"},
		{"look* at", "It looked at it", "looked at"},
		{"*look at", "An overlook at sea", "overlook at"},
		{"*look* at", "It overlooked at sea", "overlooked at"},
		{"only <number> left", "Only 2 left", "Only 2 left"},
		{"only <holder> left", "Only {{ .Count }} left", "Only {{ .Count }} left"},
		{"only <holder> left", "Only %d left", "Only %d left"},
		{"only <holder> left", "Only ${n} left", "Only ${n} left"},
		{"in <place>", "Rain in {{ user.city }}", "in {{ user.city }}"},
		{"in <place>", "Popular in {topic}", ""},
		{"for <name>", "Picked for {first_name}", "for {first_name}"},
		{"for <name>", "Picked for {use}", ""},
		{"viewed <holder>", "You viewed “The sea, the sea”!", "viewed “The sea, the sea”"},
		{"in <time>", "Ends in 02:13:45!", "in 02:13:45"},
		{"in <time>", "Ends in 2!", ""},
		{"from <capital>", "Are you from Leeds?", "from Leeds"},
		{"from <capital>", "Are you from here?", ""},
		{"<start> again", "Again. And again.", "Again"},
		{"again <end>", "Again. And once again!", "Again"},
		{"<comma> love", "I love this, love", "love"},
		{"back <question>", "Back. Back?", "Back"},
		{"cafe", "A CAFÉ", "CAFÉ"},
		{"café", "A cafe", "cafe"},
		{"schön|weiß", "Wie WEISS es ist", "WEISS"},
		{"l' eau", "Dans l’eau", "l’eau"},
		{"l' eau", "Dans l''eau", "l''eau"},
		{"we 've? seen", "We''ve seen. ", "We''ve seen"},
		{"don't", "We don''t", "don''t"},
		{"l'eau", "Dans l'eau", "l'eau"},
		{"avez vous", "Avez-vous", "Avez-vous"},
		{"welcome", "Wel\u00adcome", "Wel\u00adcome"},
		{"we miss you", "We <b>miss</b>&nbsp;you", ""}, // entities are read where texts are taken out of files
		{"we miss you", "We <b>miss</b>\u00a0you", "We <b>miss</b>\u00a0you"},
		{"we miss you", "We <br>miss you", ""},
		{"<number> left", "{n, plural, one {# left} other {# are left}}", "# left"},
		{"<number> are left", "{n, plural, one {# left} other {# are left}} now", "# are left"},
		{"❤ you", "We ❤️ you", "❤️ you"},
		{"24 hours", "For 3 hours", "3 hours"},
		{"am 1 märz", "Gekauft am 12. März", "am 12. März"},
		{"seite 1 danach", "Seite 12. Danach", ""},
		{"am 1 <end>", "Nicht am 12.", "am 12"},
	} {
		t.Run(c.pattern+" in "+c.text, func(t *testing.T) {
			l := &language{terms: newLexicon(), finds: &index{}}
			cc := &compiler{terms: l.terms, sets: map[string]string{"we": "we | all of us", "not": "not"}, open: map[string]bool{}}
			require.NoError(t, l.add(cc, l.finds, nil, c.pattern))
			prog, err := cc.compile("@not")
			require.NoError(t, err)
			l.not = prog[0].terms
			m, got := newMatcher(l), ""
			for _, s := range sentencesOf(c.text) {
				m.use(&s)
				if hits := m.find(l.finds, &s, nil); len(hits) > 0 && got == "" {
					got = c.text[s.tokens[hits[0].from].start:s.tokens[hits[0].to-1].end]
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}
