package learn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/nabij/nabij/host/catalogue"
)

// putAside returns the same visits, the first n of which are put aside.
func putAside(t require.TestingT, dir string, v *Visits, n int, memory int64) *Visits {
	s, err := newSpill(dir, memory, fullBlock)
	require.NoError(t, err)
	out := &Visits{ids: v.ids, number: v.number, spill: s, before: v.before}
	for k := range v.Sessions() {
		items, lastS := v.Session(k)
		if k < n {
			require.NoError(t, s.add(&spilled{items: items, lastS: lastS, in: v.Context(k)}))
		} else {
			out.add(items, lastS, v.Context(k))
		}
	}
	return out
}

// TestSpill shows that what is put aside makes no difference, but for rounding.
func TestSpill(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		all, _ := drawDays(t)
		p := drawParams(t, 0, 30)
		n := rapid.IntRange(0, all.Sessions()).Draw(t, "aside")
		memory := rapid.Int64Range(1, 20_000).Draw(t, "memory")
		want, wantState := saved(t, all, p)
		v := putAside(t, dir, all, n, memory)
		require.Equal(t, n, v.Spilled())
		got, state := saved(t, v, p)
		requireAlike(t, want, got)
		last, total := 0, 0
		_, err := Learn(context.Background(), v, p, Options{Progress: func(done, of int) {
			require.GreaterOrEqual(t, done, last)
			last, total = done, of
		}})
		require.NoError(t, err)
		require.NotZero(t, total)

		// And so a state can be what they come after.
		w, err := Learn(context.Background(), stateOf(t, wantState).Visits(), p, Options{})
		require.NoError(t, err)
		g, err := Learn(context.Background(), stateOf(t, state).Visits(), p, Options{})
		require.NoError(t, err)
		requireAlike(t, w, g)
		v.Close()
	})
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestSpillFails(t *testing.T) {
	_, err := newSpill(t.TempDir()+"/nowhere", 1, fullBlock)
	assert.ErrorContains(t, err, "learn: what does not fit in memory is put aside in ")

	all := visitsOf("ab", "bc", "ca")
	v := putAside(t, t.TempDir(), all, 2, 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Learn(ctx, v, DefaultParams(), Options{})
	assert.ErrorIs(t, err, context.Canceled)
	v.spill.file.Close() // as when the disk goes away
	_, err = Learn(context.Background(), v, DefaultParams(), Options{})
	assert.ErrorIs(t, err, os.ErrClosed)
}

// TestReadWithin shows that what is read with little memory is what is read with much: what is learnt of it is, and so is the report.
func TestReadWithin(t *testing.T) {
	dir := t.TempDir()
	topics := topicsOf("1=A", "2=A", "3=A>B", "4=A>B", "5=C", "6=C", "7=C", "8=D")
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		who := rapid.SampledFrom([]string{"session_id", "visitor_id"}).Draw(t, "who")
		var log strings.Builder
		fmt.Fprintf(&log, "%s,item_id,unix_time_s\nfirst,1,1700000000\n", who)
		at := 1_700_000_000
		for session := range rapid.IntRange(1, 150).Draw(t, "sessions") {
			who := session
			if r.IntN(3) == 0 {
				who = r.IntN(session + 1) // comes back, long after, if it is a visitor
			}
			if at += 4_000; who != session && strings.HasPrefix(log.String(), "s") {
				who = session
			}
			for range 1 + r.IntN(8) {
				at += r.IntN(20)
				fmt.Fprintf(&log, "%d,%d,%d\n", who, r.IntN(20), at)
			}
		}
		name := filepath.Join(dir, "log")
		require.NoError(t, os.WriteFile(name, []byte(log.String()), 0o666))
		opt := ReadOptions{Now: now, MostEvents: 7, Folder: dir, Zone: time.UTC}
		want, wantReport, err := Read(context.Background(), []string{name}, opt)
		require.NoError(t, err)
		opt.Memory = rapid.Int64Range(1, 60_000).Draw(t, "memory")
		got, report, err := Read(context.Background(), []string{name}, opt)
		require.NoError(t, err)
		defer got.Close()
		report.Forgotten = 0 // the rest is the same
		require.Equal(t, wantReport, report)
		if opt.Memory < 1_000 && wantReport.Sessions+wantReport.Single > 10 {
			require.NotZero(t, got.Spilled())
		}
		p := DefaultParams()
		p.MinSessions, p.HalfLifeDays = 2, rapid.SampledFrom([]float64{0, 30}).Draw(t, "half-life")
		w, err := Learn(context.Background(), want, p, Options{Topics: topics})
		require.NoError(t, err)
		g, err := Learn(context.Background(), got, p, Options{Topics: topics})
		require.NoError(t, err)
		requireAlike(t, w, g)
		require.Equal(t, w.Priors, g.Priors)
		require.Equal(t, w.Topics, g.Topics)
	})
}

// TestReadUnsortedWithin shows that of logs in no order nothing ends early, whatever memory there is.
func TestReadUnsortedWithin(t *testing.T) {
	dir := t.TempDir()
	var items []catalogue.Item
	for k := range 20 {
		items = append(items, catalogue.Item{ID: fmt.Sprint("i", k), URL: fmt.Sprint("https://shop.example/p/", k)})
	}
	logs := map[string]func(who, item, at int) string{
		"idvisit,server_time,product_sku,url,config_device_type\n": func(who, item, at int) string { // sessions
			sku := fmt.Sprint("i", item)
			if item%5 == 0 {
				sku = ""
			}
			return fmt.Sprintf("%d,%s,%s,https://shop.example/about,smartphone\n", who, time.Unix(int64(at), 0).UTC().Format(time.DateTime), sku)
		},
		"": func(who, item, at int) string { // visitors
			return fmt.Sprintf("203.0.113.%d - - [%s] \"GET /p/%d HTTP/1.1\" 200 51 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"\n",
				who, time.Unix(int64(at), 0).UTC().Format("02/Jan/2006:15:04:05 -0700"), item)
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		head := rapid.SampledFrom([]string{"", "idvisit,server_time,product_sku,url,config_device_type\n"}).Draw(t, "head")
		var lines []string
		for who := range rapid.IntRange(1, 60).Draw(t, "sessions") {
			at := 1_700_000_000 + r.IntN(1_000_000)
			for range 2 + r.IntN(8) {
				at += r.IntN(1_900)
				lines = append(lines, logs[head](who, r.IntN(20), at))
			}
		}
		lines = append(lines, logs[head](200, 1, 1_700_000_000))
		r.Shuffle(len(lines), func(a, b int) { lines[a], lines[b] = lines[b], lines[a] })
		name := filepath.Join(dir, "log")
		require.NoError(t, os.WriteFile(name, []byte(head+strings.Join(lines, "")), 0o666))
		opt := ReadOptions{Now: now, MostEvents: 9, Folder: dir, Catalogue: NewLookup(items), Zone: time.UTC}
		want, wantReport, err := Read(context.Background(), []string{name}, opt)
		require.NoError(t, err)
		opt.Memory = rapid.Int64Range(1, 30_000).Draw(t, "memory")
		got, report, err := Read(context.Background(), []string{name}, opt)
		require.NoError(t, err)
		defer got.Close()
		require.Equal(t, wantReport, report)
		if opt.Memory < readShuffled { // then the first event is too much
			require.Equal(t, want.Sessions(), got.Spilled())
		}
		var contexts [2][]Context
		for k := range want.Sessions() {
			contexts[0] = append(contexts[0], want.Context(k))
		}
		require.Equal(t, want.Sessions(), got.Sessions()+got.Spilled())
		for k := range got.Sessions() {
			contexts[1] = append(contexts[1], got.Context(k))
		}
		if got.spill != nil {
			require.NoError(t, got.spill.each(context.Background(), func(_ []uint32, _ int64, in Context) error {
				contexts[1] = append(contexts[1], in)
				return nil
			}))
		}
		require.ElementsMatch(t, contexts[0], contexts[1])
		p := DefaultParams()
		p.MinSessions = 2
		w, err := Learn(context.Background(), want, p, Options{})
		require.NoError(t, err)
		g, err := Learn(context.Background(), got, p, Options{})
		require.NoError(t, err)
		requireAlike(t, w, g)
	})
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestNewest(t *testing.T) {
	all := visitsOf("ab", "cd", "ef", "gh", "ab", "cd") // a day apart
	same, err := all.Newest(context.Background())
	require.NoError(t, err)
	assert.Same(t, all, same)
	for _, test := range []struct {
		memory int64
		want   []string
	}{
		{3 * (gatheredSession + 2*gatheredEvent), []string{"g h", "a b", "c d"}},
		{1, []string{"c d"}},
		{1e6, []string{"a b", "c d", "e f", "g h", "a b", "c d"}},
	} {
		v := putAside(t, t.TempDir(), all, 4, test.memory)
		newest, err := v.Newest(context.Background())
		require.NoError(t, err)
		assert.Equal(t, test.want, sessionsOf(newest))
		v.Close()
	}
}

// TestReadParts shows that a session that goes on after it was put aside is two, and is reported; or that it is not known, where there
// is no memory to remember so many.
func TestReadParts(t *testing.T) {
	for _, test := range []struct {
		name      string
		others    int
		parted    int
		forgotten bool
	}{
		{"remembered", 60, 1, false},
		{"forgotten", 200, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := "session_id,item_id,unix_time_s\nlong,a,1\nlong,b,2\n"
			for k := range test.others {
				log += fmt.Sprintf("%d,x,%d\n%d,y,%d\n", k, 10+k, k, 11+k)
			}
			const memory = 12_000
			v, report, err := Read(context.Background(), []string{logOf(t, "log", log+"long,c,500\nlong,d,501\n")},
				ReadOptions{Now: now, Memory: memory, Folder: t.TempDir()})
			require.NoError(t, err)
			defer v.Close()
			assert.Equal(t, test.parted, report.Parted)
			assert.Equal(t, test.forgotten, report.Forgotten > 0)
			assert.LessOrEqual(t, (v.Spilled()-report.Forgotten)*readAside, memory)
			assert.Equal(t, test.others+2, report.Sessions)
			assert.Contains(t, sessionsOf(v), "c d")
			assert.Equal(t, test.others+2, v.Spilled()+v.Sessions())
		})
	}
}

// TestReadUnsortedAlike shows that what is learnt of an access log with little memory is the same each time, to the last bit, although
// whose an event is is hashed under another key, so that events are put aside in other files.
func TestReadUnsortedAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var items []catalogue.Item
	for k := range 8 {
		items = append(items, catalogue.Item{ID: fmt.Sprint("i", k), URL: fmt.Sprint("https://shop.example/p/", k)})
	}
	var log strings.Builder
	for who := range 250 {
		at := time.Unix(1_700_000_000+int64(r.IntN(5_000_000)), 0).UTC()
		for range 2 + r.IntN(4) {
			fmt.Fprintf(&log, "203.0.113.%d - - [%s] \"GET /p/%d HTTP/1.1\" 200 51 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"\n",
				who, at.Format("02/Jan/2006:15:04:05 -0700"), r.IntN(8))
			at = at.Add(time.Minute)
		}
	}
	name := logOf(t, "access.log", log.String())
	p := DefaultParams()
	p.MinSessions, p.HalfLifeDays = 1, 7 // so that sums are rounded
	learnt := func(memory int64) *Learned {
		v, _, err := Read(context.Background(), []string{name}, ReadOptions{Now: now, Memory: memory, Folder: t.TempDir(), Catalogue: NewLookup(items)})
		require.NoError(t, err)
		defer v.Close()
		require.Equal(t, memory > 0, v.Spilled() > 0)
		l, err := Learn(context.Background(), v, p, Options{})
		require.NoError(t, err)
		return l
	}
	want := learnt(10_000)
	requireAlike(t, learnt(0), want)
	for range 5 {
		require.Equal(t, want, learnt(10_000))
	}
}

// TestBasketsOfTheWholeLog shows that whether sessions are baskets is said of all of them, where many were put aside before: what looks like
// machines among those that were read first are orders like the later ones, or the other way round.
func TestBasketsOfTheWholeLog(t *testing.T) {
	basket := func(k int) (lines string) { // of quickItems items at one time
		for item := range quickItems {
			lines += fmt.Sprintf("b%d,i%d,%d\n", k, item, 1_000+k)
		}
		return lines
	}
	visit := func(k int) string { return fmt.Sprintf("v%d,i1,%d\nv%d,i2,%d\n", k, 1_000+k, k, 1_060+k) }
	repeated := func(n int, of func(k int) string) (lines string) {
		for k := range n {
			lines += of(k)
		}
		return lines
	}
	for _, test := range []struct {
		name, log string
		baskets   bool
		sessions  int
		machines  int
	}{
		{"baskets after visits", repeated(30, visit) + repeated(3, basket) + repeated(60, func(k int) string { return basket(k + 3) }), true, 93, 0},
		{"visits after baskets", repeated(20, basket) + repeated(60, visit), false, 60, 20},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := logOf(t, "log", "session_id,item_id,unix_time_s\n"+test.log)
			opt := ReadOptions{Now: now, Folder: t.TempDir()}
			want, report, err := Read(context.Background(), []string{name}, opt)
			require.NoError(t, err)
			require.Equal(t, []any{test.baskets, test.sessions, test.machines}, []any{report.Baskets, report.Sessions, report.Machines})
			opt.Memory = 1_000
			got, within, err := Read(context.Background(), []string{name}, opt)
			require.NoError(t, err)
			defer got.Close()
			within.Forgotten = 0
			require.Equal(t, report, within)
			require.NotZero(t, got.Spilled())
			require.Equal(t, test.sessions, got.Spilled()+got.Sessions())
			p := DefaultParams()
			p.MinSessions = 1
			w, err := Learn(context.Background(), want, p, Options{})
			require.NoError(t, err)
			g, err := Learn(context.Background(), got, p, Options{})
			require.NoError(t, err)
			requireAlike(t, w, g)
		})
	}
}
