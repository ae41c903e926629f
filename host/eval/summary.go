package eval

// Summary is all that was found of a pack. What was not asked for is nil.
type Summary struct {
	// Layers are the pack's results of each layer, the highest first; there is one at least.
	Layers []*Result `json:"layers"`
	Size   Size      `json:"size"`
	// Intent is how well the engine knows what visits are about.
	Intent *Intents `json:"intent,omitempty"`
	// Compared are results of other methods.
	Compared []Compared `json:"compared,omitempty"`
	// Against is what another pack was compared with, at the highest layer.
	Against *Against `json:"against,omitempty"`
	// Curves are of packs that were learnt anew.
	Curves *Curves `json:"curves,omitempty"`
	// Times depend on the machine, and on what else it does. Nothing else here does.
	Times *Times `json:"times_on_this_machine,omitempty"`
}

// Compared is the result of another method.
type Compared struct {
	Method string `json:"method"`
	*Result
}

// Against is another pack.
type Against struct {
	Result *Result `json:"result"`
	Size   Size    `json:"size"`
	// Difference is the first pack's figures less this one's.
	Difference *Paired `json:"difference"`
}

// Top returns the result of the highest layer.
func (s *Summary) Top() *Result { return s.Layers[0] }
