package abi

import "github.com/nabij/nabij/core"

// What reads requests is the module's alone; tests read the vectors with it.

func DecodeSignals(b []byte) (signals []core.Signal, index int, err error) {
	var r signalReader
	if index, err := r.open(b); err != nil {
		return nil, index, err
	}
	for r.left > 0 {
		var s core.Signal
		r.next(&s)
		if len(s.Text) == 0 {
			s.Text = nil
		}
		signals = append(signals, s)
	}
	return signals, -1, nil
}

func DecodeRequest(b []byte) (q core.Request, err error) {
	if err := decodeRequest(b, &q); err != nil {
		return core.Request{}, err
	}
	return q, nil
}

func DecodeMoment(b []byte) (nowMs uint64, err error) {
	nowMs, refused := decodeMoment(b)
	if refused != nil {
		return 0, refused
	}
	return nowMs, nil
}
