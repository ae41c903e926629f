package policy

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core"
)

// Language is one that pages are written in, as a BCP 47 tag.
type Language string

// The languages.
const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Languages are all of them.
var Languages = []Language{Dutch, English}

// words are the texts of a language. %s and %d are numbers, times and names, as the calls have them.
type words struct {
	title, thisSite, lead, leadNothing string

	short, shortHere, shortNothing, shortSaid, shortTab, shortKept, shortFull, shortOptIn string

	signals, context, signalsLead, signalsNothing, signalsSaid, signalsUnused string
	wishHere, wishFull                                                        string
	signal                                                                    [core.SignalCount]Row

	edge, edgeLead, edgeNothing, edgeVariants, edgeNever, edgeControl string
	edgeClass                                                         map[string]string

	time, settle, settlePage, firstPages, halfLife, ageless, itemsCounted, itemCounted, repeats string

	layers, highest, lower string
	// unlessWish and the like go behind what holds but for those who declare something, or chose layer 3.
	unlessWish, unlessFull, unlessBoth string
	layer                              [3]string
	counts                             map[Counts]string
	kept                               map[string]string

	shown, lists, bits string

	sensitive, sensitiveLead, sensitiveNone, sensitiveSome, sensitiveTopics, sensitiveMore string
	sensitiveLists, sensitiveExcept                                                        string
	category, exception                                                                    map[string]string

	never string
	// claim lacks what another section says.
	claim map[Never]string

	visible, visibleLead, visibleList, visibleWish, visibleFull, visibleBoth string

	questions                                             string
	howSee, howForget, howForgetNothing, howStop, whyThis Row
	howForgetTab, howForgetFull                           string

	settings, settingsLead, data, name string

	onePage, manyPages, oneItem, manyItems, oneAnswer, manyAnswers string
	units                                                          [5]unit
	decimal                                                        string
}

// unit is a unit of time, in milliseconds, and its names.
type unit struct {
	ms        float64
	one, many string
}

func wordsOf(language Language) *words {
	if language == Dutch {
		return &dutch
	}
	return &english
}

func (w *words) pages(n int) string { return counted(n, w.onePage, w.manyPages) }

func (w *words) items(n int) string { return counted(n, w.oneItem, w.manyItems) }

// answers says what bits are worth.
func (w *words) answers(bits float64) string {
	if bits == 1 {
		return w.oneAnswer
	}
	return fmt.Sprintf(w.manyAnswers, w.number(bits))
}

func counted(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// duration says a time in the largest unit of which it is at least one, with one decimal where it is not whole.
func (w *words) duration(ms uint64) string {
	for k := len(w.units) - 1; ; k-- {
		u := w.units[k]
		n := math.Round(10*float64(ms)/u.ms) / 10
		switch {
		case n == 1:
			return "1 " + u.one
		case n > 1 || k == 0:
			return w.number(n) + " " + u.many
		}
	}
}

func (w *words) number(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", w.decimal, 1)
}
