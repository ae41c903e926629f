package abi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/wasm/abi"
	"github.com/nabij/nabij/wasm/abi/abitest"
)

// fuzzMessage gives bytes to an export. Whatever they are, it answers or refuses, its reply can be read, and the visit
// goes on.
func fuzzMessage(f *testing.F, export abitest.Export, read func(reply []byte) error) {
	shop := abitest.Pack("shop")
	m := opened(f, shop)
	f.Fuzz(func(t *testing.T, message []byte) {
		if len(message) > abi.MaxMessage {
			return
		}
		before := string(abitest.Plain(abitest.Save, 0).Do(m).Reply)
		a := abitest.Writing(export, message).Do(m)
		if a.Result < 0 {
			got := failure(t, m)
			require.Equal(t, -a.Result, int32(got.Status))
			require.NotEmpty(t, got.Text)
			require.Equal(t, before, string(abitest.Plain(abitest.Save, 0).Do(m).Reply))
			return
		}
		require.NoError(t, read(a.Reply))
		require.Positive(t, abitest.Writing(abitest.Suggest, request(pack.NoItem, 3)).Do(m).Result)
		saved := append([]byte(nil), abitest.Plain(abitest.Save, 0).Do(m).Reply...)
		require.LessOrEqual(t, len(saved), core.MaxSaved)
		require.Zero(t, abitest.Writing(abitest.Restore, saved).Do(m).Result)
	})
}

func FuzzObserve(f *testing.F) {
	for _, v := range messages {
		if signals, ok := v.value.([]core.Signal); ok {
			f.Add(abi.AppendSignals(nil, signals))
		}
	}
	f.Add(abi.AppendSignals(nil, []core.Signal{view(1, 0), view(399, 1<<50), view(400, 0)}))
	fuzzMessage(f, abitest.Observe, func(b []byte) error { _, err := abi.DecodeOutcomes(nil, b); return err })
}

func FuzzSuggest(f *testing.F) {
	for layer := range uint8(5) {
		f.Add(request(5, layer))
	}
	f.Add(request(pack.NoItem, 2))
	fuzzMessage(f, abitest.Suggest, func(b []byte) error { _, err := abi.DecodeReply(b); return err })
}

func FuzzRestore(f *testing.F) {
	visitor := abitest.NewVisitor(abitest.Pack("shop"), func(c abitest.Call, a abitest.Answer) {
		if c.Export == abitest.Save {
			f.Add(append([]byte(nil), a.Reply...))
		}
	})
	for seed := range uint64(20) {
		visitor.Play(seed)
	}
	fuzzMessage(f, abitest.Restore, func([]byte) error { return nil })
}

// FuzzModule makes calls in any order with any bytes. Each byte pair says which call, and how much of the rest is its
// message; the pack is opened by chance, or not at all.
func FuzzModule(f *testing.F) {
	shop := abitest.Pack("tiny")
	f.Add([]byte{0, 255, 1, 32, 1, 0, 8, 0, 1, 0, 24, 0, 1, 0, 255, 255, 1, 0, 0, 0})
	f.Add([]byte{5, 0, 0, 255, 0, 255, 14, 200, 11, 0, 9, 3, 12, 0, 6, 40})
	f.Add(append([]byte{0, 255, 2, 28}, request(1, 2)...))
	f.Fuzz(func(t *testing.T, script []byte) {
		m := new(abi.Module)
		for len(script) >= 2 {
			export, n := abitest.Export(script[0]&31), int(script[1])
			script = script[2:]
			message := script[:min(n, len(script))]
			c := abitest.Call{Export: export, Write: export <= abitest.Restore, Message: message, Arg: uint32(len(message))}
			switch {
			case export == abitest.Open && n == 255:
				c = abitest.Writing(abitest.Open, shop)
			case export >= 16: // a host that does not mean well
				c = abitest.Call{Export: export & 15, Arg: uint32(n) * 0x01010101}
				if c.Export == abitest.Reserve {
					c.Arg &= 0x00FFFFFF | 1<<31 // at most 16 MB are really taken
				}
			default:
				script = script[len(message):]
			}
			a := c.Do(m)
			require.LessOrEqual(t, len(a.Reply), abi.MaxReply)
			if a.Result < 0 && a.Result > -1<<31 {
				require.Equal(t, -a.Result, int32(failure(t, m).Status))
			}
		}
	})
}
