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
	errCount     = &core.Error{Status: core.BadMessage, Field: "signals.count", Text: "must be 1 to 256"}
	errTextLong  = &core.Error{Status: core.BadRequest, Field: "signal.text", Text: "is longer than 256 bytes"}
	errOutcome   = &core.Error{Status: core.BadMessage, Field: "outcome", Text: "is not a known outcome"}
	errTextWrong = &core.Error{Status: core.BadMessage, Field: "signal.text", Text: "reaches beyond the message"}
)

// AppendSignals appends a batch to dst. More than MaxBatch signals are the caller's to split: the module refuses them,
// as it does text longer than core.MaxText, which is cut to 65,535 bytes here.
func AppendSignals(dst []byte, signals []core.Signal) []byte {
	dst, head := begin(dst, observeHead)
	put16(head[4:], uint16(min(len(signals), 0xFFFF)))
	put16(head[6:], signalRecord)
	for i := range signals {
		s := &signals[i]
		var record []byte
		dst, record = extend(dst, signalRecord)
		record[0] = byte(s.Kind)
		put16(record[2:], s.Topic)
		put32(record[4:], s.Item)
		put64(record[8:], s.AtMs)
		put32(record[16:], s.Value)
		put16(record[20:], uint16(min(len(s.Text), 0xFFFF)))
	}
	for i := range signals {
		text := signals[i].Text
		dst = append(dst, text[:min(len(text), 0xFFFF)]...)
	}
	return dst
}

// MaxSignals is the most bytes that the signals of one message may take, as SignalSize counts them.
const MaxSignals = MaxMessage - observeHead

// SignalSize returns the bytes that a signal takes in a message.
func SignalSize(s *core.Signal) int { return signalRecord + len(s.Text) }

// SignalReader reads the signals of a batch in order.
type SignalReader struct {
	records, texts []byte
}

// ReadSignals checks the layout of a batch and returns a reader of it, a view of b. What the fields say is the engine's
// to check. The index is the signal that is wrong, or -1 where the error is not of one signal.
func ReadSignals(b []byte) (r SignalReader, index int, err error) {
	if err := requestOf(b, observeHead); err != nil {
		return r, -1, err
	}
	count := int(get16(b[4:]))
	if count < 1 || count > MaxBatch {
		return r, -1, errCount
	}
	if get16(b[6:]) != signalRecord {
		return r, -1, errRecord
	}
	end := observeHead + count*signalRecord
	if len(b) < end {
		return r, -1, errTruncated
	}
	texts := len(b) - end
	for i := range count {
		record := b[observeHead+i*signalRecord:]
		if record[1] != 0 || get16(record[22:]) != 0 {
			return r, i, errReserved
		}
		length := int(get16(record[20:]))
		if length > core.MaxText {
			return r, i, errTextLong
		}
		if length > texts {
			return r, i, errTextWrong
		}
		texts -= length
	}
	if texts != 0 {
		return r, -1, errTrailing
	}
	return SignalReader{records: b[observeHead:end], texts: b[end:]}, -1, nil
}

// Len returns how many signals are left.
func (r *SignalReader) Len() int { return len(r.records) / signalRecord }

// Next returns the next signal. Its text is a view of the message. Len must not be 0.
func (r *SignalReader) Next() core.Signal {
	b := r.records
	s := core.Signal{
		Kind:  core.SignalKind(b[0]),
		Topic: get16(b[2:]),
		Item:  get32(b[4:]),
		AtMs:  get64(b[8:]),
		Value: get32(b[16:]),
	}
	if n := int(get16(b[20:])); n != 0 {
		s.Text, r.texts = r.texts[:n:n], r.texts[n:]
	}
	r.records = b[signalRecord:]
	return s
}

// AppendOutcomes appends the reply of observe to dst.
func AppendOutcomes(dst []byte, outcomes []core.Outcome) []byte {
	dst = beginOutcomes(dst, len(outcomes))
	for _, o := range outcomes {
		dst = append(dst, byte(o))
	}
	return dst
}

func beginOutcomes(dst []byte, count int) []byte {
	dst, head := begin(dst, outcomeHead)
	put16(head[4:], uint16(count))
	return dst
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
