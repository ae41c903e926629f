package core

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFullNotes(t *testing.T) {
	var s Session
	for k := range uint64(maxNotes + 3) {
		s.setNote(dismissed, k)
	}
	assert.Equal(t, uint8(maxNotes), s.notes[dismissed].n)
	assert.Equal(t, uint64(3), s.notes[dismissed].all()[0], "the oldest are driven out")
	assert.Equal(t, uint64(maxNotes+2), s.notes[dismissed].all()[maxNotes-1])
	s.setNote(preferred, 7|10<<16)
	s.setNote(preferred, 8|20<<16)
	s.setNote(preferred, 7|30<<16)
	assert.Equal(t, []uint64{7 | 30<<16, 8 | 20<<16}, s.notes[preferred].all(), "in the place of its like")
	s.dropNote(preferred, 7)
	s.dropNote(preferred, 9)
	assert.Equal(t, []uint64{8 | 20<<16}, s.notes[preferred].all())
}
