package abi

import "github.com/nabij/nabij/core/pack"

// The reply of topic, for display:
//
//	0  u16  version           6  u16  length of name
//	2  u16  head size, 12     8  u8   sensitive, 1
//	4  u16  parent            9  u8   0, three bytes
//	12 name

// Topic is what a page needs to show a topic.
type Topic struct {
	Name string
	// Parent is a topic, or pack.NoTopic for a root.
	Parent    uint16
	Sensitive bool
}

// AppendTopic appends the reply of topic to dst. A name beyond 65,535 bytes is cut.
func AppendTopic(dst []byte, t Topic) []byte {
	name := t.Name[:min(len(t.Name), 0xFFFF)]
	return append(beginTopic(dst, t.Parent, t.Sensitive, len(name)), name...)
}

func appendTopic(dst []byte, p *pack.Pack, topic uint16) []byte {
	name := p.TopicName(topic)
	return append(beginTopic(dst, p.TopicParent(topic), p.TopicSensitive(topic), len(name)), name...)
}

func beginTopic(dst []byte, parent uint16, sensitive bool, length int) []byte {
	dst, head := begin(dst, topicHead)
	put16(head[4:], parent)
	put16(head[6:], uint16(length))
	if sensitive {
		head[8] = 1
	}
	return dst
}

// DecodeTopic reads the reply of topic.
func DecodeTopic(b []byte) (Topic, error) {
	at, err := replyOf(b, topicHead)
	if err != nil {
		return Topic{}, err
	}
	if b[8] > 1 {
		return Topic{}, errFlag
	}
	if err := exactly(b, at+int(get16(b[6:]))); err != nil {
		return Topic{}, err
	}
	return Topic{Name: string(b[at:]), Parent: get16(b[4:]), Sensitive: b[8] != 0}, nil
}
