package learn

import (
	"fmt"
	"strings"
)

// addTopical adds the prior or the topic of a line.
func (l *Learned) addTopical(e *entryLine) error {
	path := strings.Join(e.Topic, " > ")
	few := func(sessions int, what string) error {
		if least := l.Params.MinSessions; sessions < least {
			return fmt.Errorf("%s has %d sessions, fewer than the %d of line 1", what, sessions, least)
		}
		return nil
	}
	if len(e.Topic) == 0 || e.Item != "" || e.Row != nil || e.Class == "" && e.Multiplier != 0 || e.Class != "" && e.Next != nil {
		return fmt.Errorf("topic %q: want its class, topic, sessions and multiplier, or its topic, sessions and next", path)
	}
	if err := few(e.Sessions, fmt.Sprintf("topic %q", path)); err != nil {
		return err
	}
	if e.Class == "" {
		for _, n := range e.Next {
			if err := few(n.Sessions, fmt.Sprintf("topic %q after %q", strings.Join(n.Path, " > "), path)); err != nil {
				return err
			}
			if n.Sessions > e.Sessions {
				return fmt.Errorf("topic %q is left by %d sessions, %d of them for one topic", path, e.Sessions, n.Sessions)
			}
		}
		l.Topics = append(l.Topics, Topic{e.Topic, e.Sessions, e.Next})
		return nil
	}
	class, ok := ParseClass(e.Class)
	if !ok {
		return fmt.Errorf("class %q: want one of a context, such as \"evening\"", e.Class)
	}
	if !(e.Multiplier >= 1.0/MaxMultiplier && e.Multiplier <= MaxMultiplier) {
		return fmt.Errorf("multiplier of %q: got %v, want one in %d to %d", path, e.Multiplier, MaxMultiplier, MaxMultiplier)
	}
	l.Priors = append(l.Priors, Prior{class, e.Topic, e.Sessions, e.Multiplier})
	return nil
}
