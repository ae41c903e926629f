package words

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nabij/nabij/core"
)

// TestComplete: each language of strings.ts is here, and each has all words of its file.
func TestComplete(t *testing.T) {
	source, err := os.ReadFile("strings.ts")
	require.NoError(t, err)
	imported := regexp.MustCompile(`(?m)^import \{ (\w+) \} from "\./\w+\.js";$`).FindAllStringSubmatch(string(source), -1)
	assert.Len(t, all(), len(imported))
	for _, m := range imported {
		w := all()[m[1]]
		for code := core.PopularNow; code <= core.Related; code++ {
			assert.NotEmpty(t, w[code.String()], "%s %s", m[1], code)
		}
		for _, name := range []string{"suggestions", "dismiss", "dismissed"} {
			assert.NotEmpty(t, w[name], "%s %s", m[1], name)
		}
		file, err := os.ReadFile(m[1] + ".ts")
		require.NoError(t, err)
		assert.Len(t, w, strings.Count(string(file), `": "`)+strings.Count(string(file), "\n\tsuggestions")+strings.Count(string(file), "\n\tdismiss")+
			strings.Count(string(file), "\n\tsimilar")+strings.Count(string(file), "\n\trelated"), m[1])
	}
}

func TestOf(t *testing.T) {
	for tag, want := range map[string]string{
		"": "Related", "en": "Related", "fr": "Related", "nlx": "Related", "nl_BE": "Related",
		"nl": "Verwant", "NL": "Verwant", "nl-BE": "Verwant", "nl;": "Verwant",
	} {
		assert.Equal(t, want, Of(tag)["related"], "%q", tag)
	}
	assert.Equal(t, "Also about {0}", Of("en")["same-topic"])
}
