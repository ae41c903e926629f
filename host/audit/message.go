package audit

import (
	"encoding/binary"
	"fmt"
)

// messages reads a client's frames of a WebSocket, RFC 6455, section 5.2, with the mask taken off: it is chosen at random.
// Bytes that are no whole frame are a part of their own.
func messages(data []byte) []part {
	names := map[byte]string{0: "continuation", 1: "message", 2: "binary message", 8: "close", 9: "ping", 10: "pong"}
	var parts []part
	count := map[string]int{} // each kind by itself: a socket is closed by leaving the page
	for len(data) > 0 {
		payload, rest, ok := frame(data)
		if !ok {
			return append(parts, part{"bytes after the messages", fmt.Sprintf("%q", data)})
		}
		what := names[data[0]&15]
		if what == "" {
			what = fmt.Sprintf("frame of type %d", data[0]&15)
		}
		count[what]++
		parts = append(parts, content(fmt.Sprintf("%s %d", what, count[what]), payload)...)
		data = rest
	}
	return parts
}

// frame returns the first frame's payload without its mask, and what is behind it.
func frame(data []byte) (payload, rest []byte, ok bool) {
	if len(data) < 2 || data[1]&0x80 == 0 {
		return nil, nil, false
	}
	at, length := 2, uint64(data[1]&0x7f)
	switch {
	case length == 126 && len(data) >= 4:
		length, at = uint64(binary.BigEndian.Uint16(data[2:])), 4
	case length == 127 && len(data) >= 10:
		length, at = binary.BigEndian.Uint64(data[2:]), 10
	case length > 125:
		return nil, nil, false
	}
	if uint64(len(data)) < uint64(at)+4 || length > uint64(len(data)-at-4) {
		return nil, nil, false
	}
	mask := data[at : at+4]
	payload = append([]byte(nil), data[at+4:at+4+int(length)]...)
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return payload, data[at+4+int(length):], true
}
