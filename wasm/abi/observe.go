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
	w := writer{b: dst}
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
		w.put(text[:min(len(text), 0xFFFF)])
	}
	return w.b
}

// MaxSignals is the most bytes that the signals of one message may take, as SignalSize counts them.
const MaxSignals = MaxMessage - observeHead

// SignalSize returns the bytes that a signal takes in a message.
func SignalSize(s *core.Signal) int { return signalRecord + len(s.Text) }

// SignalReader reads the signals of a batch in order.
type SignalReader struct {
	records, texts reader
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
	return SignalReader{records: reader{b[observeHead:end]}, texts: reader{b[end:]}}, -1, nil
}

// Len returns how many signals are left.
func (r *SignalReader) Len() int { return len(r.records.b) / signalRecord }

// Next returns the next signal. Its text is a view of the message. Len must not be 0.
func (r *SignalReader) Next() core.Signal {
	f := &r.records
	var s core.Signal
	s.Kind = core.SignalKind(f.take16()) // and a reserved byte, which is 0
	s.Topic, s.Item, s.AtMs, s.Value = f.take16(), f.take32(), f.take(8), f.take32()
	if n := int(f.take16()); n != 0 {
		s.Text, r.texts.b = r.texts.b[:n:n], r.texts.b[n:]
	}
	f.take(2)
	return s
}

// AppendOutcomes appends the reply of observe to dst.
func AppendOutcomes(dst []byte, outcomes []core.Outcome) []byte {
	w := writer{b: dst}
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
