package learn

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core/pack"
)

// resum sets the checksums of blocks right, as far as there are blocks: or every change would end there.
func resum(data []byte) []byte {
	data = bytes.Clone(data)
	for at := fileHeadBytes; at+blockHeadBytes <= len(data); {
		end := at + blockHeadBytes + int(binary.LittleEndian.Uint32(data[at+1:]))
		if end+blockSumBytes > len(data) {
			break
		}
		binary.LittleEndian.PutUint32(data[end:], crc32.Checksum(data[at:end], castagnoli))
		at = end + blockSumBytes
	}
	return data
}

// FuzzState reads what may follow the head of a state, with right checksums: pairs that it takes can be written and read again, and whatever it
// is takes no more memory than there is of it.
func FuzzState(f *testing.F) {
	heads := map[bool][]byte{}
	for _, aged := range []bool{false, true} {
		p := DefaultParams()
		if aged {
			p.HalfLifeDays = 30
		}
		v := visitsOf("ab", "abc", "ca", "aa", "d")
		v.in[1], v.in[2] = Context{Daypart: pack.Night, Device: pack.Phone}, Context{Daypart: pack.Evening}
		_, state := savedOf(f, v, p, topicsOf("a=A", "b=A>B", "c=D"))
		end := fileHeadBytes + blockHeadBytes + int(binary.LittleEndian.Uint32(state[fileHeadBytes+1:])) + blockSumBytes
		heads[aged] = state[:end]
		f.Add(aged, state[end:])
	}
	f.Fuzz(func(t *testing.T, aged bool, rest []byte) {
		data := resum(append(bytes.Clone(heads[aged]), rest...))
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := ReadState(bytes.NewReader(data), int64(len(data)), "s")
		if err == nil {
			err = s.Check()
		}
		runtime.ReadMemStats(&now)
		require.Less(t, now.TotalAlloc-before.TotalAlloc, uint64(2<<20+200*len(data)))
		if err != nil {
			require.ErrorIs(t, err, errState)
			return
		}
		_, err = countTopical(context.Background(), s.Visits(), shopTopics(), &s.head.Params)
		require.NoError(t, err)
		once := rewritten(t, s.pairs())
		b := &blockReader{r: bytes.NewReader(once), size: int64(len(once))}
		require.NoError(t, b.readFileHead())
		require.Equal(t, once, rewritten(t, newPairReader(b, s.Items())))
	})
}

// rewritten returns pairs as they are written.
func rewritten(t *testing.T, r *pairReader) []byte {
	var out bytes.Buffer
	b, err := newBlockWriter(&out)
	require.NoError(t, err)
	w := newPairWriter(b)
	for range r.items {
		found, err := r.next(nil)
		require.NoError(t, err)
		require.NoError(t, w.write(found))
	}
	require.NoError(t, r.end())
	require.NoError(t, w.end())
	return out.Bytes()
}
