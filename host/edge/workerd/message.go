package workerd

import (
	"encoding/binary"
	"io"
)

// message is one of Cap'n Proto, in one segment, as https://capnproto.org/encoding.html has it. It consists of structs, which have some words
// of data and then some pointers, to others and to lists.
type message struct {
	b []byte
	// behind is what goes behind b, which is not copied: what modules consist of.
	behind []content
}

// content is bytes that a pointer points to, with zeros that count.
type content struct {
	from  int
	bytes []byte
	zeros int
}

func (c content) size() int  { return len(c.bytes) + c.zeros }
func (c content) words() int { return (c.size() + wordSize - 1) / wordSize }

const (
	wordSize = 8
	// headSize is that of what says how many segments there are, and their words.
	headSize = wordSize
)

// The kinds of pointers, and of lists.
const (
	toStruct = 0
	toList   = 1

	listOfBytes    = 2
	listOfPointers = 6
	listOfStructs  = 7
)

// newMessage begins a message, and returns its root, a struct of so many words and pointers.
func newMessage(data, pointers int) structure {
	m := &message{b: make([]byte, headSize+wordSize)}
	return m.structure(headSize, data, pointers)
}

// writeTo writes the message as a file has it.
func (m *message) writeTo(w io.Writer) error {
	size := len(m.b)
	for _, c := range m.behind {
		m.pointAt(c, size)
		size += c.words() * wordSize
	}
	binary.LittleEndian.PutUint32(m.b[4:], uint32((size-headSize)/wordSize))
	if _, err := w.Write(m.b); err != nil {
		return err
	}
	for _, c := range m.behind {
		if _, err := w.Write(c.bytes); err != nil {
			return err
		}
		if _, err := w.Write(make([]byte, c.words()*wordSize-len(c.bytes))); err != nil {
			return err
		}
	}
	return nil
}

// allocate adds words, and returns where they begin.
func (m *message) allocate(words int) int {
	at := len(m.b)
	m.b = append(m.b, make([]byte, words*wordSize)...)
	return at
}

// point writes a pointer to what is behind it. What that is says rest.
func (m *message) point(from, to int, kind, rest uint32) {
	binary.LittleEndian.PutUint32(m.b[from:], uint32(to-from-wordSize)/wordSize<<2|kind)
	binary.LittleEndian.PutUint32(m.b[from+4:], rest)
}

func (m *message) structure(from, data, pointers int) structure {
	to := m.allocate(data + pointers)
	m.point(from, to, toStruct, uint32(data|pointers<<16))
	return structure{m, to, to + data*wordSize}
}

func (m *message) pointAt(c content, to int) {
	m.point(c.from, to, toList, uint32(listOfBytes|c.size()<<3))
}

// write writes a text, which a zero ends.
func (m *message) write(from int, text string) {
	c := content{from, []byte(text), 1}
	to := m.allocate(c.words())
	copy(m.b[to:], text)
	m.pointAt(c, to)
}

// structure is a struct in a message: where its data begins, and its pointers.
type structure struct {
	*message
	data, pointers int
}

func (s structure) pointer(k int) int { return s.pointers + k*wordSize }

// choose says which of a union there is. All unions here are the first 16 bits of their structs.
func (s structure) choose(tag uint16) { binary.LittleEndian.PutUint16(s.b[s.data:], tag) }

func (s structure) setStruct(pointer, data, pointers int) structure {
	return s.structure(s.pointer(pointer), data, pointers)
}

func (s structure) setText(pointer int, text string) { s.write(s.pointer(pointer), text) }

// setModule sets what a module consists of, to which zeros are added.
func (s structure) setModule(pointer int, bytes []byte, zeros int) {
	s.behind = append(s.behind, content{s.pointer(pointer), bytes, zeros})
}

func (s structure) setTexts(pointer int, texts ...string) {
	list := s.allocate(len(texts))
	s.point(s.pointer(pointer), list, toList, uint32(listOfPointers|len(texts)<<3))
	for k, text := range texts {
		s.write(list+k*wordSize, text)
	}
}

// setStructs sets a list of so many structs, and returns them.
func (s structure) setStructs(pointer, n, data, pointers int) []structure {
	size := data + pointers
	tag := s.allocate(1 + n*size)
	s.point(s.pointer(pointer), tag, toList, uint32(listOfStructs|n*size<<3))
	binary.LittleEndian.PutUint32(s.b[tag:], uint32(n<<2))
	binary.LittleEndian.PutUint32(s.b[tag+4:], uint32(data|pointers<<16))
	all := make([]structure, n)
	for k := range all {
		at := tag + (1+k*size)*wordSize
		all[k] = structure{s.message, at, at + data*wordSize}
	}
	return all
}
