package main
import ("github.com/nabij/nabij/core";"github.com/nabij/nabij/core/pack")
var e *core.Engine; var s core.Session; var buf []byte
//go:wasmexport reserve
func reserve(n uint32) uint32 { buf = make([]byte,n); return n }
//go:wasmexport open
func open() int32 { p,err:=pack.Open(buf); if err!=nil {return int32(len(err.Error()))}; e=core.NewEngine(p); return 0}
//go:wasmexport observe
func observe(k,i uint32, at uint64, t uint32) int32 { sg:=core.NewSignal(core.SignalKind(k),at); sg.Item=i; sg.Topic=uint16(t); sg.Text=buf[:t]; o,err:=e.Observe(&s,sg); if err!=nil {return -1}; return int32(o)}
//go:wasmexport suggest
func suggest(i uint32, at uint64, l uint32) int32 { r,err:=e.Suggest(&s,core.Request{NowMs:at,Layer:uint8(l),Item:i}); if err!=nil {return -1}; return int32(r.Suggestions[0].Item)}
//go:wasmexport faces
func faces(i uint32, at uint64, l uint32) int32 { r,err:=e.Faces(core.Request{NowMs:at,Layer:uint8(l),Item:i}); if err!=nil {return -1}; return int32(len(r))}
//go:wasmexport intent
func intent(at uint64) int32 { r,_:=e.Intent(&s,at); return int32(r.Mode)}
//go:wasmexport save
func save() int32 { buf=e.Save(&s,buf[:0]); return int32(len(buf))}
//go:wasmexport restore
func restore() int32 { if e.Restore(&s,buf)!=nil {return -1}; return 0}
func main(){}
