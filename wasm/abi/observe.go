package abi

import "github.com/nabij/nabij/core"

// A batch of signals, the request of observe:
//
//	0  u16  version
//	2  u16  head size, 8
//	4  u16  count of signals, 1 to MaxBatch
//	6  u16  record size, 24
//	8  records, then the texts in the order of their signals, with nothing between them
//
//	record:
//	0  u8   kind             4  u32  item           16  u32  value
//	1  u8   0                8  u64  at_ms          20  u16  text length, at most core.MaxText
//	2  u16  topic                                   22  u16  0
//
// Its reply has an outcome for each signal:
//
//	0  u16  version
//	2  u16  head size, 8
//	4  u16  count
//	6  u16  0
//	8  u8   outcome, one for each signal

var (
	errCount     = &core.Error{Status: core.BadMessage, Text: "signals.count: not 1 to 256"}
	errTextLong  = &core.Error{Status: core.BadRequest, Text: "signal.text: over 256 bytes"}
	errOutcome   = &core.Error{Status: core.BadMessage, Text: "outcome: not a known one"}
	errTextWrong = &core.Error{Status: core.BadMessage, Text: "signal.text: over the message"}
)

// AppendSignals appends a batch to dst. More than MaxBatch signals are the caller's to split: the module refuses them,
// as it does text longer than core.MaxText, which is cut to 65,535 bytes here.
func AppendSignals(dst []byte, signals []core.Signal) []byte {
	size := observeHead
	for i := range signals {
		size += SignalSize(&signals[i])
	}
	w := appending(dst, size)
	w.begin(observeHead)
	w.put16(uint16(min(len(signals), 0xFFFF)))
	w.put16(signalRecord)
	for i := range signals {
		s := &signals[i]
		w.put8(byte(s.Kind))
		w.put8(0)
		w.put16(s.Topic)
		w.put32(s.Item)
		w.put64(s.AtMs)
		w.put32(s.Value)
		w.put16(uint16(min(len(s.Text), 0xFFFF)))
		w.put16(0)
	}
	for i := range signals {
		text := signals[i].Text
		w.n += copy(w.b[w.n:], text[:min(len(text), 0xFFFF)])
	}
	return w.b[:w.n]
}

// MaxSignals is the most bytes that the signals of one message may take, as SignalSize counts them.
const MaxSignals = MaxMessage - observeHead

// SignalSize returns the bytes that a signal takes in a message.
func SignalSize(s *core.Signal) int { return signalRecord + len(s.Text) }

// signalReader reads the signals of a batch in order. It is a view of the message.
type signalReader struct {
	left           int
	records, texts []byte
	at             int
}

// open checks the layout of a batch and starts at its first signal. What the fields say is the engine's to check. The
// index is the signal that is wrong, or -1 where the error is not of one signal.
func (r *signalReader) open(b []byte) (index int, err *core.Error) {
	if err := requestOf(b, observeHead, true); err != nil {
		return -1, err
	}
	head := (*[observeHead]byte)(b)
	r.left = int(get16(head[4:]))
	if r.left < 1 || r.left > MaxBatch {
		return -1, errCount
	}
	if get16(head[6:]) != signalRecord {
		return -1, errRecord
	}
	end := observeHead + r.left*signalRecord
	if len(b) < end {
		return -1, errTruncated
	}
	r.at, r.records, r.texts = 0, b[observeHead:end], b[end:]
	for i := range r.left {
		record := (*[signalRecord]byte)(r.records[i*signalRecord:])
		if record[1] != 0 || get16(record[22:]) != 0 {
			return i, errReserved
		}
		length := int(get16(record[20:]))
		if length > core.MaxText {
			return i, errTextLong
		}
		if end += length; len(b) < end {
			return i, errTextWrong
		}
	}
	if len(b) > end {
		return -1, errTrailing
	}
	return -1, nil
}

// next reads the next of the signals that are left. Its text is a view of the message.
func (r *signalReader) next(s *core.Signal) {
	record := (*[signalRecord]byte)(r.records[r.at:])
	s.Kind = core.SignalKind(record[0])
	s.Topic, s.Item, s.AtMs, s.Value = get16(record[2:]), get32(record[4:]), get64(record[8:]), get32(record[16:])
	n := get16(record[20:])
	s.Text, r.texts = r.texts[:n:n], r.texts[n:]
	r.at += signalRecord
	r.left--
}

// AppendOutcomes appends the reply of observe to dst.
func AppendOutcomes(dst []byte, outcomes []core.Outcome) []byte {
	w := appending(dst, outcomeHead+len(outcomes))
	w.outcomes(len(outcomes))
	for _, o := range outcomes {
		w.put8(byte(o))
	}
	return w.b
}

// outcomes appends the head of a reply with so many outcomes.
func (w *writer) outcomes(count int) {
	w.begin(outcomeHead)
	w.put16(uint16(count))
	w.put16(0)
}

// DecodeOutcomes appends the outcomes of observe's reply to dst.
func DecodeOutcomes(dst []core.Outcome, b []byte) ([]core.Outcome, error) {
	head, err := replyOf(b, outcomeHead)
	if err != nil {
		return dst, err
	}
	count := int(get16(b[4:]))
	if err := exactly(b, head+count); err != nil {
		return dst, err
	}
	for _, o := range b[head:] {
		if core.Outcome(o) > core.Meaningless {
			return dst, errOutcome
		}
	}
	for _, o := range b[head:] {
		dst = append(dst, core.Outcome(o))
	}
	return dst, nil
}
