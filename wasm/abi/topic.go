package abi

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
	w := writer{b: dst}
	w.topic(t.Parent, t.Sensitive, []byte(t.Name[:min(len(t.Name), 0xFFFF)]))
	return w.b
}

func (w *writer) topic(parent uint16, sensitive bool, name []byte) {
	w.begin(topicHead)
	w.put16(parent)
	w.put16(uint16(len(name)))
	w.flag(sensitive)
	w.put8(0)
	w.put16(0)
	w.put(name)
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
