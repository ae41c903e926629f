package eval

import (
	"encoding/binary"
	"slices"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/internal/compressed"
)

// Bytes are how many bytes something has, as it is and compressed with brotli.
type Bytes struct {
	Raw    int `json:"raw"`
	Brotli int `json:"brotli"`
}

// Size is how large a pack is, and what of it is what for. Parts are compressed apart, so they need not add up.
type Size struct {
	Whole Bytes `json:"whole"`
	// Ranking is what suggestions are computed from: rows, popularity, topics, priors, policy.
	Ranking Bytes `json:"ranking"`
	// IDs are the site's ids of items, and their order: what a page's item is found by.
	IDs Bytes `json:"ids"`
	// Display is what is shown: titles, addresses, pictures, names.
	Display Bytes `json:"display"`
	// Effort is brotli's: 11, its best, up to 1 MiB, which takes seconds, and 5 for a larger pack.
	Effort int `json:"brotli_effort"`
}

// What of FORMAT.md in core/pack tells the parts of a pack apart.
const (
	sectionCountAt   = 10
	descriptorsAt    = 24
	descriptorLength = 16
	displayFlag      = 2
)

// SizeOf measures a pack. The error is that of pack.Open.
func SizeOf(packBytes []byte) (Size, error) {
	p, err := partsOf(packBytes)
	if err != nil {
		return Size{}, err
	}
	s := Size{Effort: compressed.Effort(len(packBytes))}
	measure := func(data []byte) Bytes { return Bytes{len(data), compressed.Brotli(data, s.Effort)} }
	s.Whole, s.Ranking, s.IDs, s.Display = measure(packBytes), measure(p.ranking), measure(p.ids), measure(p.display)
	return s, nil
}

// packParts are the bytes of a pack by what they are for. What stands before the sections is with ranking.
type packParts struct{ ranking, ids, display []byte }

func partsOf(packBytes []byte) (p packParts, err error) {
	if _, err := pack.Open(packBytes); err != nil {
		return p, err
	}
	head := descriptorsAt + descriptorLength*int(binary.LittleEndian.Uint16(packBytes[sectionCountAt:]))
	p.ranking = slices.Clone(packBytes[:head])
	for at := descriptorsAt; at < head; at += descriptorLength {
		d := packBytes[at : at+descriptorLength]
		start := binary.LittleEndian.Uint32(d[8:])
		section := packBytes[start : start+binary.LittleEndian.Uint32(d[12:])]
		switch name := string(d[:4]); {
		case name == "idst" || name == "byid":
			p.ids = append(p.ids, section...)
		case d[4]&displayFlag != 0:
			p.display = append(p.display, section...)
		default:
			p.ranking = append(p.ranking, section...)
		}
	}
	return p, nil
}
