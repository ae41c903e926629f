package abitest

import (
	"encoding/binary"
	"errors"
)

// A file of calls, little-endian, for the programs that replay them elsewhere:
//
//	u32 count of calls, then for each: u8 export, u8 write, u32 arg, u32 length of message, message
//
// and the answers that such a program gives back, in the order of the calls:
//
//	i32 result, u32 length of reply, reply

// AppendCalls appends a file of calls to dst.
func AppendCalls(dst []byte, calls []Call) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(calls)))
	for _, c := range calls {
		write := byte(0)
		if c.Write {
			write = 1
		}
		dst = append(dst, byte(c.Export), write)
		dst = binary.LittleEndian.AppendUint32(dst, c.Arg)
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(c.Message)))
		dst = append(dst, c.Message...)
	}
	return dst
}

var errShort = errors.New("abitest: file is cut short")

// ReadCalls reads a file of calls. Messages are views of b.
func ReadCalls(b []byte) ([]Call, error) {
	if len(b) < 4 {
		return nil, errShort
	}
	calls := make([]Call, binary.LittleEndian.Uint32(b))
	b = b[4:]
	for i := range calls {
		if len(b) < 10 {
			return nil, errShort
		}
		n := int(binary.LittleEndian.Uint32(b[6:]))
		if len(b)-10 < n {
			return nil, errShort
		}
		calls[i] = Call{Export: Export(b[0]), Write: b[1] == 1, Arg: binary.LittleEndian.Uint32(b[2:]), Message: b[10 : 10+n]}
		b = b[10+n:]
	}
	return calls, nil
}

// AppendAnswer appends an answer to dst.
func AppendAnswer(dst []byte, a Answer) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(a.Result))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(a.Reply)))
	return append(dst, a.Reply...)
}

// ReadAnswer reads the first answer of b and returns what follows it. The reply is a view of b.
func ReadAnswer(b []byte) (a Answer, rest []byte, err error) {
	if len(b) < 8 {
		return Answer{}, nil, errShort
	}
	n := int(binary.LittleEndian.Uint32(b[4:]))
	if len(b)-8 < n {
		return Answer{}, nil, errShort
	}
	return Answer{Result: int32(binary.LittleEndian.Uint32(b)), Reply: b[8 : 8+n]}, b[8+n:], nil
}
