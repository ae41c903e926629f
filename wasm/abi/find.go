package abi

import (
	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// The request of find:
//
//	0  u16  version           4  u8   by: what the text is
//	2  u16  head size, 8      5  u8   0
//	8  text                   6  u16  length of text, at most pack.MaxString
//
// Its reply:
//
//	0  u16  version           4  u32  item or topic; pack.NoItem where there is none
//	2  u16  head size, 8

// By says what the text of a find request is.
//
// These constants are part of the ABI and should not be changed.
type By uint8

const (
	ByID    By = 1 // an item's identifier on its site
	ByURL   By = 2 // exactly the URL of an item
	ByTopic By = 3 // a topic's path: names from the root on, joined by TopicSeparator
)

// TopicSeparator stands between the names of a topic's path, as in "Bikes > City bikes".
const TopicSeparator = " > "

var (
	errBy       = &core.Error{Status: core.BadRequest, Field: "find.by", Text: "is not 1 (id), 2 (url) or 3 (topic)"}
	errFindLong = &core.Error{Status: core.BadRequest, Field: "find.text", Text: "is longer than any name of a pack"}
)

// AppendFind appends a find request to dst. Text beyond 65,535 bytes is cut; the module refuses it anyway.
func AppendFind(dst []byte, by By, text string) []byte {
	text = text[:min(len(text), 0xFFFF)]
	w := writer{b: dst}
	w.begin(findHead)
	w.put16(uint16(by))
	w.put16(uint16(len(text)))
	w.puts(text)
	return w.b
}

// DecodeFind reads a find request. The text is a view of b.
func DecodeFind(b []byte) (by By, text []byte, err error) {
	if err := requestOf(b, findHead); err != nil {
		return 0, nil, err
	}
	by = By(b[4])
	if by < ByID || by > ByTopic {
		return 0, nil, errBy
	}
	if b[5] != 0 {
		return 0, nil, errReserved
	}
	size := int(get16(b[6:]))
	if size > pack.MaxString {
		return 0, nil, errFindLong
	}
	if err := exactly(b, findHead+size); err != nil {
		return 0, nil, err
	}
	return by, b[findHead:], nil
}

// AppendFound appends the reply of find to dst: an item or a topic, or pack.NoItem where there is none.
func AppendFound(dst []byte, id uint32) []byte {
	w := writer{b: dst}
	w.found(id)
	return w.b
}

func (w *writer) found(id uint32) {
	w.begin(foundHead)
	w.put32(id)
}

// DecodeFound reads the reply of find. ok is false where there is none.
func DecodeFound(b []byte) (id uint32, ok bool, err error) {
	head, err := replyOf(b, foundHead)
	if err != nil {
		return 0, false, err
	}
	if err := exactly(b, head); err != nil {
		return 0, false, err
	}
	id = get32(b[4:])
	return id, id != pack.NoItem, nil
}

// find looks text up in p. Topics are few, and asked for once a page: they are searched one by one.
func find(p *pack.Pack, by By, text []byte) uint32 {
	id, ok := pack.NoItem, false
	switch by {
	case ByID:
		id, ok = p.FindID(text)
	case ByURL:
		id, ok = p.FindURL(text)
	case ByTopic:
		for t := range p.Topics() {
			if isPath(p, t, text) {
				return uint32(t)
			}
		}
	}
	if !ok {
		return pack.NoItem
	}
	return id
}

// isPath reports whether path is the topic's: it is read from its end, as the topic's ancestors are.
func isPath(p *pack.Pack, topic uint16, path []byte) bool {
	for {
		rest, ok := cutSuffix(path, p.TopicName(topic))
		if !ok {
			return false
		}
		topic = p.TopicParent(topic)
		if topic == pack.NoTopic {
			return len(rest) == 0
		}
		if path, ok = cutSuffix(rest, separator[:]); !ok {
			return false
		}
	}
}

var separator = [len(TopicSeparator)]byte{' ', '>', ' '}

func cutSuffix(b, suffix []byte) ([]byte, bool) {
	at := len(b) - len(suffix)
	if at < 0 {
		return b, false
	}
	for i, c := range suffix {
		if b[at+i] != c {
			return b, false
		}
	}
	return b[:at], true
}
