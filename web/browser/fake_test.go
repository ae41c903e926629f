package browser

import (
	"runtime"
	"testing"
)

// outcome is a test that keeps how it ended.
type outcome struct {
	testing.TB
	how string
}

func (o *outcome) Helper()      {}
func (o *outcome) Skip(...any)  { o.how = "skip"; runtime.Goexit() }
func (o *outcome) Fatal(...any) { o.how = "fatal"; runtime.Goexit() }
