package build

import tone "github.com/nabij/nabij/host/copy"

// maxAllowances is how many findings a configuration may allow.
const maxAllowances = 4096

// allowance reads what a site allows to nabij lint.
func (o *object) allowance() *tone.Allowance {
	a := &tone.Allowance{}
	o.text("rule", 64, &a.Rule)
	o.text("reason", 4096, &a.Reason)
	o.text("files", 4096, &a.Files)
	o.text("text", 4096, &a.Text)
	o.close()
	if err := a.Check(); err != nil {
		o.faultAt(o.path, "%v", err)
	}
	return a
}
