package abi

import "github.com/nabij/nabij/core"

// The request of intent is a moment:
//
//	0  u16  version           4  u64  now_ms
//	2  u16  head size, 12
//
// Its reply:
//
//	0  u16  version           6  u8   count of topics    12  u16  record size, 4
//	2  u16  head size, 16     7  u8   evidence of each mode, in percent: five bytes
//	4  u8   mode              14 u16  0
//	5  u8   confidence, in percent
//	16 records, the likeliest topic first
//
//	record:
//	0  u16  topic             2  u8   confidence, in percent       3  u8  0

var (
	errMode    = &core.Error{Status: core.BadMessage, Text: "intent.mode: not a known mode"}
	errPercent = &core.Error{Status: core.BadMessage, Text: "intent: a confidence or evidence over 100 percent"}
	errTopics  = &core.Error{Status: core.BadMessage, Text: "intent.topics: more than 4"}
)

// AppendMoment appends the request of intent to dst.
func AppendMoment(dst []byte, nowMs uint64) []byte {
	w := appending(dst, momentHead)
	w.begin(momentHead)
	w.put64(nowMs)
	return w.b
}

// decodeMoment reads the request of intent.
func decodeMoment(b []byte) (nowMs uint64, err *core.Error) {
	if err := requestOf(b, momentHead, false); err != nil {
		return 0, err
	}
	return get64(b[headSize:]), nil
}

// AppendIntent appends the reply of intent to dst.
func AppendIntent(dst []byte, in core.Intent) []byte {
	w := appending(dst, intentHead+topicRecord*int(in.TopicCount))
	w.intent(&in)
	return w.b
}

func (w *writer) intent(in *core.Intent) {
	w.begin(intentHead)
	w.put8(byte(in.Mode))
	w.put8(in.Confidence)
	w.put8(in.TopicCount)
	for _, percent := range in.Evidence {
		w.put8(percent)
	}
	w.put16(topicRecord)
	w.put16(0)
	for i := range in.TopicCount {
		w.put16(in.Topics[i].Topic)
		w.put16(uint16(in.Topics[i].Confidence))
	}
}

// DecodeIntent reads the reply of intent.
func DecodeIntent(b []byte) (core.Intent, error) {
	at, err := replyOf(b, intentHead)
	if err != nil {
		return core.Intent{}, err
	}
	in := core.Intent{Mode: core.Mode(b[4]), Confidence: b[5], TopicCount: b[6]}
	copy(in.Evidence[:], b[7:12])
	if in.Mode >= core.ModeCount {
		return core.Intent{}, errMode
	}
	for _, p := range b[7:12] {
		if p > 100 {
			return core.Intent{}, errPercent
		}
	}
	if in.TopicCount > core.MaxIntentTopics {
		return core.Intent{}, errTopics
	}
	size := int(get16(b[12:]))
	if in.TopicCount > 0 && size < topicRecord {
		return core.Intent{}, errRecord
	}
	if err := exactly(b, at+int(in.TopicCount)*size); err != nil {
		return core.Intent{}, err
	}
	for i := range int(in.TopicCount) {
		in.Topics[i] = core.TopicConfidence{Topic: get16(b[at:]), Confidence: b[at+2]}
		if in.Topics[i].Confidence > 100 {
			return core.Intent{}, errPercent
		}
		at += size
	}
	if in.Confidence > 100 {
		return core.Intent{}, errPercent
	}
	return in, nil
}
