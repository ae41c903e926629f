package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/learn"
)

// stateFlags name the state that what is learnt is added to.
type stateFlags struct {
	save, update string
	topics       int // of the state, once it was opened
}

func (f *stateFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.save, "save", "", "write a state to this file, which later logs can be added to; it is private")
	fl.StringVar(&f.update, "update", "", "add the LOGs to this state, and learn from all that was added to it")
}

// name returns the state's file, "" where there is none.
func (f *stateFlags) name() string { return cmp.Or(f.save, f.update) }

// check returns an error if a command line makes no sense.
func (f *stateFlags) check(logs []string, out, tune string) error {
	switch {
	case f.save != "" && f.update != "":
		return usagef("--save is for a new state, --update for one that is there: want one of them")
	case len(logs) == 0 && f.update == "":
		return usagef("got 0 arguments, want at least one LOG")
	case f.update != "" && tune != "":
		return usagef("--tune needs the logs that the state was made of: learn from them again, with --tune and --save")
	case out != "" && filepath.Clean(out) == filepath.Clean(f.name()):
		return usagef("--out and the state are both %s", out)
	case out == "" && (len(logs) == 0 || f.save == "" && f.update == ""):
		return required("out", out, "the file to write to")
	}
	return nil
}

// openState is a state that is there.
type openState struct {
	*learn.State
	file *os.File
	path string
}

// open opens the state to update, nil where there is none. If it is to be changed, nobody else can change it until it is closed.
func (f *stateFlags) open(change bool) (*openState, error) {
	if _, err := os.Lstat(f.save); f.save != "" && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--save: %s is there already; take --update to add to it, or remove it", f.save)
	}
	if f.update == "" {
		return nil, nil
	}
	path, err := filepath.EvalSymlinks(f.update)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--update: there is no %s; nabij learn LOG... --save %s makes one", f.update, quoted(f.update))
	} else if err != nil {
		return nil, fmt.Errorf("--update: %w", err)
	}
	o := &openState{path: path}
	if err := o.open(change); err != nil {
		return nil, fmt.Errorf("--update: %w", err)
	}
	info, err := o.file.Stat()
	if err == nil {
		o.State, err = learn.ReadState(o.file, info.Size(), f.update)
	}
	if err != nil {
		o.close()
		return nil, err
	}
	f.topics = o.Topics()
	return o, nil
}

func (o *openState) open(change bool) (err error) {
	for {
		if o.file, err = os.Open(o.path); err != nil || !change {
			return err
		}
		if err = lock(o.file); err != nil {
			o.file.Close()
			return err
		}
		// Who had the lock before may have put another file in its place.
		mine, errMine := o.file.Stat()
		there, errThere := os.Stat(o.path)
		if err = errors.Join(errMine, errThere); err != nil {
			o.file.Close()
			return err
		}
		if os.SameFile(mine, there) {
			return build.RemoveUnfinished(o.path, 0) // of an update that was killed
		}
		o.file.Close()
	}
}

func (o *openState) close() {
	if o != nil {
		o.file.Close()
	}
}

// state returns the state, nil where there is none.
func (o *openState) state() *learn.State {
	if o == nil {
		return nil
	}
	return o.State
}

// learnTo learns, if out is named, and writes what comes of it: first the state to a file, where one is named, then what may be published to out, where that is
// named. On an error each is what it was or is to be, and out is never newer than the state: without a log, --update writes out again. old is the state that visits come after, nil where there is none.
func learnTo(ctx context.Context, state, out string, old *openState, visits *learn.Visits, params learn.Params, opt learn.Options) (*learn.Learned, error) {
	if out != "" {
		// No lock says who else is writing it: of others of today something may still come.
		if err := build.RemoveUnfinished(out, build.Abandoned); err != nil {
			return nil, fmt.Errorf("--out: %w", err)
		}
	}
	if state == "" {
		learned, err := learn.Learn(ctx, visits, params, opt)
		if err != nil {
			return nil, err
		}
		if err := build.WriteFile(ctx, out, learned.Write); err != nil {
			return nil, fmt.Errorf("--out: %w", err)
		}
		return learned, nil
	}
	states, err := build.Stage(filepath.Dir(state))
	if err != nil {
		return nil, err
	}
	defer states.Discard()
	var learned *learn.Learned
	err = states.WritePrivate(ctx, filepath.Base(state), func(w io.Writer) (err error) {
		opt.Save = w
		if out == "" {
			learned, err = learn.Save(ctx, visits, params, opt)
		} else {
			learned, err = learn.Learn(ctx, visits, params, opt)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if old != nil {
		letGo(old.file)
	}
	if out == "" {
		return learned, states.Commit(ctx)
	}
	outs, err := build.Stage(filepath.Dir(out))
	if err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	defer outs.Discard()
	if err := outs.Write(ctx, filepath.Base(out), learned.Write); err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	if err := states.Commit(ctx); err != nil {
		return nil, err
	}
	if err := outs.Commit(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("--out: %w; the log is in the state: nabij learn --update %s --out %s writes what is missing", err, quoted(state), quoted(out))
	}
	return learned, nil
}
