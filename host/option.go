package host

import (
	"os"
	"path/filepath"
	"runtime"
)

// Option changes how Open opens.
type Option func(*config)

type config struct {
	instances int
	cacheDir  string
	native    bool
	endable   bool
	module    []byte
}

func configOf(options []Option) config {
	c := config{instances: runtime.GOMAXPROCS(0), module: Module()}
	if dir, err := os.UserCacheDir(); err == nil {
		c.cacheDir = filepath.Join(dir, "nabij")
	}
	for _, o := range options {
		o(&c)
	}
	return c
}

// Instances sets how many instances of the module there are at most, and so how many calls run at once; further ones
// wait. Each holds a copy of the pack and is made when it is first needed. The default, and what n below 1 stands for,
// is GOMAXPROCS.
func Instances(n int) Option {
	return func(c *config) {
		if n >= 1 {
			c.instances = n
		}
	}
}

// CacheDir sets the directory in which the compiled module is kept between runs; empty keeps it in memory alone. The
// default is nabij below os.UserCacheDir. A directory that cannot be used is no error: the module is then compiled in
// each run, which takes some ten milliseconds.
func CacheDir(dir string) Option { return func(c *config) { c.cacheDir = dir } }

// Native runs the engine as Go code instead of as WebAssembly. Replies are the same, byte for byte.
func Native() Option { return func(c *config) { c.native = true } }

// WithModule runs another build of the module than the one embedded here.
func WithModule(wasm []byte) Option { return func(c *config) { c.module = wasm } }

// Interruptible lets the end of a call's context end the call even while the module runs: the instance is discarded, and
// the error wraps ErrTrap. It makes every call three to four times slower, since the module then looks at each turn of
// each loop whether it should stop. Without it the context is looked at before a call begins; as a call takes at most
// some milliseconds and none waits for anything, that is enough unless the module is not to be trusted.
func Interruptible() Option { return func(c *config) { c.endable = true } }
