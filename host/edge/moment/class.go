package moment

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
)

// Class is what of a request counts: classes of the pack's, each 0 for "not known", and 1 + the index of a language among the
// pack's, or 0.
type Class struct {
	Daypart, Day, Device, Region, Referrer pack.Class
	Language                               uint8
}

// String returns the class as keys and addresses have it: daypart, day, device, region, referrer and language, as in "2.5.7.0.18.1".
func (c Class) String() string {
	return fmt.Sprintf("%d.%d.%d.%d.%d.%d", c.Daypart, c.Day, c.Device, c.Region, c.Referrer, c.Language)
}

// Numbers returns what String does but for the language, with spaces: the content of <meta name="nabij-context">.
func (c Class) Numbers() string {
	return fmt.Sprintf("%d %d %d %d %d", c.Daypart, c.Day, c.Device, c.Region, c.Referrer)
}

// Context returns the class as a request to the engine has it.
func (c Class) Context() core.Context {
	return core.Context{Daypart: c.Daypart, Day: c.Day, Device: c.Device, Region: c.Region, Referrer: c.Referrer, Language: c.Language}
}

// Parse reads what String writes, and that alone. Whether a configuration has such a class, Config.Has says.
func Parse(s string) (Class, error) {
	var n [6]uint8
	parts := strings.Split(s, ".")
	if len(parts) != len(n) {
		return Class{}, fmt.Errorf("class: got %q, want six numbers such as 2.5.7.0.0.0", s)
	}
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 8)
		if err != nil || part != strconv.FormatUint(v, 10) {
			return Class{}, fmt.Errorf("class: got %q as its number %d, want 0 to 255", part, i+1)
		}
		n[i] = uint8(v)
	}
	return Class{pack.Class(n[0]), pack.Class(n[1]), pack.Class(n[2]), pack.Class(n[3]), pack.Class(n[4]), n[5]}, nil
}
