package learn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Intent says what the engine makes of a visit's intent: how fast topics fade from it, and which kinds its modes want. The zero value
// says nothing, and leaves what is usual.
//
// In JSON it is {"topic_recency": 255, "kind_mix": {"exploring": {"product": 16, …}, …}}. A mode or kind that is not named is usual.
type Intent pack.IntentPolicy

// UsualIntent returns what holds where nothing was learnt.
func UsualIntent() Intent { return Intent(pack.DefaultPolicy().Intent) }

// Apply sets the policy's intent, if it says anything.
func (in *Intent) Apply(p *pack.Policy) {
	if *in != (Intent{}) {
		p.Intent = pack.IntentPolicy(*in)
	}
}

// check returns an error that names a mix out of its range.
func (in *Intent) check() error {
	for m := range in.KindMix {
		for k, sixteenths := range in.KindMix[m] {
			if sixteenths > pack.MaxKindMix {
				return fmt.Errorf("learn: intent.kind_mix.%s.%s: got %d, want 0 to %d", core.Mode(m), pack.Kind(k), sixteenths, pack.MaxKindMix)
			}
		}
	}
	return nil
}

// intentText is an intent as JSON has it.
type intentText struct {
	TopicRecency uint8                       `json:"topic_recency"`
	KindMix      map[string]map[string]uint8 `json:"kind_mix"`
}

// MarshalJSON writes modes and kinds by name.
func (in Intent) MarshalJSON() ([]byte, error) {
	text := intentText{in.TopicRecency, map[string]map[string]uint8{}}
	for m := range in.KindMix {
		wanted := map[string]uint8{}
		for k, sixteenths := range in.KindMix[m] {
			wanted[pack.Kind(k).String()] = sixteenths
		}
		text.KindMix[core.Mode(m).String()] = wanted
	}
	return json.Marshal(text)
}

// UnmarshalJSON reads what MarshalJSON writes. What is not named is usual; what is not known is refused.
func (in *Intent) UnmarshalJSON(data []byte) error {
	got := UsualIntent()
	text := intentText{TopicRecency: got.TopicRecency}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var wrong *json.UnmarshalTypeError
	if err := d.Decode(&text); errors.As(err, &wrong) {
		return errors.New(wrongType(wrong, "intent."))
	} else if name, ok := unknownField(err); ok {
		return fmt.Errorf("intent: no field is called %q; the fields are topic_recency, kind_mix", name)
	} else if err != nil {
		return fmt.Errorf("intent: %w", err)
	}
	got.TopicRecency = text.TopicRecency
	for m := range got.KindMix {
		mode := core.Mode(m).String()
		for k := range got.KindMix[m] {
			kind := pack.Kind(k).String()
			if sixteenths, ok := text.KindMix[mode][kind]; ok {
				got.KindMix[m][k] = sixteenths
			}
			delete(text.KindMix[mode], kind)
		}
		for kind := range text.KindMix[mode] {
			return fmt.Errorf("intent.kind_mix.%s: no kind is called %q", mode, kind)
		}
		delete(text.KindMix, mode)
	}
	for mode := range text.KindMix {
		return fmt.Errorf("intent.kind_mix: no mode is called %q", mode)
	}
	*in = got
	return nil
}
