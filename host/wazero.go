package host

import (
	"context"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/nabij/nabij/wasm/abi"
)

// machine is the module compiled, from which instances are made.
type machine struct {
	runtime  wazero.Runtime
	cache    wazero.CompilationCache
	compiled wazero.CompiledModule
}

func newMachine(ctx context.Context, wasm []byte, cacheDir string, interruptible bool) (*machine, error) {
	m := new(machine)
	if cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			m.cache = cache
		}
	}
	if m.cache == nil {
		m.cache = wazero.NewCompilationCache()
	}
	m.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCompilationCache(m.cache).
		WithCloseOnContextDone(interruptible))
	compiled, err := m.runtime.CompileModule(ctx, wasm)
	if err != nil {
		m.close(ctx)
		return nil, fmt.Errorf("%w: %w", ErrModule, err)
	}
	m.compiled = compiled
	for _, f := range compiled.ImportedFunctions() {
		module, name, _ := f.Import()
		m.close(ctx)
		return nil, fmt.Errorf("%w: it imports %s.%s, and must import nothing", ErrModule, module, name)
	}
	return m, nil
}

func (m *machine) close(ctx context.Context) error {
	err := m.runtime.Close(ctx)
	if err2 := m.cache.Close(ctx); err == nil {
		err = err2
	}
	return err
}

// instance starts an instance and checks that it speaks this host's version.
func (m *machine) instance(ctx context.Context) (instance, error) {
	// Without a name, so that there can be many.
	mod, err := m.runtime.InstantiateModule(ctx, m.compiled,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("%w: it does not start: %w", ErrModule, err)
	}
	in := &wasmInstance{module: mod, ram: mod.Memory()}
	if in.ram == nil {
		mod.Close(ctx)
		return nil, fmt.Errorf("%w: it exports no memory", ErrModule)
	}
	for e, name := range exportNames {
		f := mod.ExportedFunction(name)
		if f == nil || len(f.Definition().ParamTypes()) > 1 || len(f.Definition().ResultTypes()) != 1 {
			mod.Close(ctx)
			return nil, fmt.Errorf("%w: its export %q is missing, or has another signature", ErrModule, name)
		}
		in.functions[e] = f
	}
	version, err := in.invoke(ctx, exportVersion, 0)
	if err == nil && version != abi.Version {
		err = fmt.Errorf("%w: the module speaks %d, this host %d", ErrVersion, version, abi.Version)
	}
	if err != nil {
		mod.Close(ctx)
		return nil, err
	}
	return in, nil
}

// wasmInstance is the module under wazero.
type wasmInstance struct {
	module    api.Module
	ram       api.Memory
	functions [exportCount]api.Function
	stack     [1]uint64
}

// invoke calls a function of at most one parameter and one result, an i32 each.
func (in *wasmInstance) invoke(ctx context.Context, e export, arg uint32) (int32, error) {
	in.stack[0] = uint64(arg)
	if err := in.functions[e].CallWithStack(ctx, in.stack[:]); err != nil {
		return 0, trapped(ctx, exportNames[e], err)
	}
	return int32(uint32(in.stack[0])), nil
}

func trapped(ctx context.Context, name string, err error) error {
	if ended := context.Cause(ctx); ended != nil {
		return fmt.Errorf("%w in %s, because %w; the instance is discarded, the session as before the call", ErrTrap, name, ended)
	}
	return fmt.Errorf("%w in %s; the instance is discarded, the session as before the call: %w", ErrTrap, name, err)
}

func (in *wasmInstance) call(ctx context.Context, e export, message []byte, arg uint32) ([]byte, error) {
	if e.takesMessage() {
		at, err := in.invoke(ctx, exportReserve, uint32(len(message)))
		if err != nil {
			return nil, err
		}
		if at == 0 {
			return nil, refusal(ctx, in)
		}
		// Reserving may have grown the memory: Write takes a new view of it.
		if !in.ram.Write(uint32(at), message) {
			return nil, in.outside(exportReserve, uint32(at), len(message))
		}
		arg = uint32(len(message))
	}
	length, err := in.invoke(ctx, e, arg)
	if err != nil {
		return nil, err
	}
	if length < 0 {
		return nil, refusal(ctx, in)
	}
	at, err := in.invoke(ctx, exportReply, 0)
	if err != nil {
		return nil, err
	}
	reply, ok := in.ram.Read(uint32(at), uint32(length))
	if !ok {
		return nil, in.outside(e, uint32(at), int(length))
	}
	return reply, nil
}

// outside says that the module pointed outside its memory: it can no longer be trusted.
func (in *wasmInstance) outside(e export, at uint32, length int) error {
	return fmt.Errorf("%w: %s names %d bytes at %d, and memory has %d; the instance is discarded, the session as before the call",
		ErrTrap, exportNames[e], length, at, in.ram.Size())
}

func (in *wasmInstance) memory() uint32 { return in.ram.Size() }

func (in *wasmInstance) close(ctx context.Context) error { return in.module.Close(ctx) }
