package recognition

import (
	"encoding/binary"
	"fmt"

	"github.com/nabij/nabij/core/pack"
)

// Setting is a way to fill a slot that is measured. What it does not say is as the pack has it.
type Setting struct {
	// Layer is the layer that works, 1 to 3, whatever the pack's policy and slot allow: what they rule out is what the rest is compared with.
	Layer uint8 `json:"layer"`
	// Faces is the most lists of a page at layer 2: 1, 2, 4 or 8; 0 at other layers.
	Faces uint8 `json:"faces,omitempty"`
	// Repeats lets the slot welcome what was viewed already, for layer 3.
	Repeats bool `json:"repeats,omitempty"`
	// Visit plays visits as they go: layer 2 begins after the policy's first pages, and ends when the visit's bits are spent. Without it, each
	// list is what the visit would get if nothing had been shown before, so that what a page's lists can tell is seen alone.
	Visit bool `json:"visit,omitempty"`
}

// String returns the setting in words.
func (s Setting) String() string {
	switch {
	case s.Layer == 1:
		return "layer 1"
	case s.Layer == 3 && s.Repeats:
		return "layer 3, repeats welcome"
	case s.Layer == 3:
		return "layer 3"
	case s.Visit:
		return fmt.Sprintf("layer 2, G=%d, as visits go", s.Faces)
	}
	return fmt.Sprintf("layer 2, G=%d", s.Faces)
}

// mostBits is the largest budget that a policy can have.
const mostBits = 32

// pack returns the pack in data with the setting made its policy and its slot's rules.
func (s Setting) pack(data []byte, slot uint8) ([]byte, error) {
	p, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	policy := *p.Policy()
	policy.MaxLayer = 3
	if s.Faces > 0 {
		policy.Faces = s.Faces
	}
	if !s.Visit {
		policy.FirstPages, policy.Bits = 0, mostBits
	}
	slots := make([]pack.Slot, p.Slots())
	for k := range slots {
		slots[k] = p.Slot(uint8(k))
		slots[k].Name = string(p.SlotName(uint8(k)))
	}
	slots[slot].Layer, slots[slot].Repeats = 3, s.Repeats
	// Another pack has the records; they go in place of this one's.
	small, err := pack.Write(pack.Source{Policy: policy, Slots: slots})
	if err != nil {
		return nil, err
	}
	changed := sectionsOf(data)
	for k := range changed {
		if name := changed[k].name(); name == "poli" || name == "slot" {
			for _, other := range sectionsOf(small) {
				if other.name() == name {
					changed[k] = other
				}
			}
		}
	}
	return assembled(data, changed), nil
}

// What FORMAT.md in core/pack says of the parts of a pack.
const (
	packHeader       = 24
	sectionCountAt   = 10
	bytesAt          = 12
	checksumAt       = 16
	descriptorLength = 16
	offsetAt         = 8
	lengthAt         = 12
)

// section is a section of a pack with its descriptor.
type section struct{ descriptor, data []byte }

func (s *section) name() string { return string(s.descriptor[:4]) }

// sectionsOf returns the sections of a pack that was opened.
func sectionsOf(data []byte) []section {
	all := make([]section, binary.LittleEndian.Uint16(data[sectionCountAt:]))
	for k := range all {
		d := data[packHeader+k*descriptorLength:][:descriptorLength]
		start := binary.LittleEndian.Uint32(d[offsetAt:])
		all[k] = section{d, data[start : start+binary.LittleEndian.Uint32(d[lengthAt:])]}
	}
	return all
}

// assembled returns a pack with the header of another and the sections.
func assembled(data []byte, all []section) []byte {
	out := append([]byte(nil), data[:packHeader]...)
	out = append(out, make([]byte, len(all)*descriptorLength)...)
	for k, s := range all {
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
		d := out[packHeader+k*descriptorLength:][:descriptorLength]
		copy(d, s.descriptor)
		binary.LittleEndian.PutUint32(d[offsetAt:], uint32(len(out)))
		out = append(out, s.data...)
	}
	binary.LittleEndian.PutUint32(out[bytesAt:], uint32(len(out)))
	binary.LittleEndian.PutUint64(out[checksumAt:], pack.Checksum(out[packHeader:]))
	return out
}
