package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/internal/figures"
)

// because returns the words for a reason: of the page and the catalogue, never of what the visitor did.
func because(e *host.Engine, r core.Reason) string {
	topic := func() string {
		if r.Topic == pack.NoTopic {
			return "this topic"
		}
		if r.Topic >= pack.FirstFacet {
			return string(e.Pack().FacetName(uint8(r.Topic - pack.FirstFacet)))
		}
		return string(e.Pack().TopicName(r.Topic))
	}
	item := func() string {
		if r.Item == pack.NoItem {
			return "this"
		}
		return string(e.Pack().Title(r.Item))
	}
	switch r.Code {
	case core.PopularNow:
		return "popular at the moment"
	case core.SameTopic:
		return "also about " + topic()
	case core.Similar:
		return "like " + item()
	case core.OftenTogether:
		return "often viewed together with " + item()
	case core.InTopic:
		return "from " + topic()
	case core.YouAsked:
		return "you are looking for " + topic()
	case core.PickUp:
		return "to go on with"
	case core.Related:
		if r.Item == pack.NoItem {
			return "related"
		}
		return "related to " + item()
	}
	return r.Code.String()
}

// left says why a signal is not part of the visit.
func left(o core.Outcome) string {
	switch o {
	case core.Undeclared:
		return "the site's policy does not declare this kind of signal"
	case core.Sensitive:
		return "it is about something sensitive"
	case core.Meaningless:
		return "its text points at no topic"
	}
	return o.String()
}

// grouped returns n with a space between thousands.
func grouped(n int) string { return figures.Grouped(n, " ") }

// counted returns "1 item", "2 items".
func counted(n int, noun string) string { return figures.Counted(n, noun, " ") }

// size returns a number of bytes in decimal units.
func size(n int) string { return figures.Bytes(n) }

// bits returns a number of 256ths of a bit in bits, without the unit.
func bits(n uint16) string { return decimal(float64(n) / 256) }

// inBits returns the same with the unit.
func inBits(n uint16) string {
	if n == 256 {
		return "1 bit"
	}
	return bits(n) + " bits"
}

// decimal returns a number with one decimal, unless that is 0.
func decimal(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// percentOf returns a probability in millionths in percent.
func percentOf(millionths uint32) string {
	p := float64(millionths) / 10_000
	switch {
	case millionths == 0:
		return "0 %"
	case p < 0.01:
		return "<0.01 %"
	case p < 10:
		return fmt.Sprintf("%.2f %%", p)
	}
	return fmt.Sprintf("%.1f %%", p)
}

// times returns a lift in thousandths as a factor; nothing when it was not asked for.
func times(thousandths uint32) string {
	switch {
	case thousandths == 0:
		return ""
	case thousandths >= 100_000:
		return fmt.Sprintf("× %.0f", float64(thousandths)/1000)
	}
	return fmt.Sprintf("× %.2f", float64(thousandths)/1000)
}

// bitsOf returns how much the choice of one of n lists can tell at most.
func bitsOf(n int) string { return inBits(uint16(math.Round(256 * math.Log2(float64(n))))) }
