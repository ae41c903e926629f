package sight_test

import (
	"image/color"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/nabij/nabij/web/browser"
	"github.com/nabij/nabij/web/browser/sight"
)

func TestRatio(t *testing.T) {
	assert.InDelta(t, 21, sight.Ratio(color.White, color.Black), 0.001)
	assert.InDelta(t, 4.54, sight.Ratio(color.RGBA{0x76, 0x76, 0x76, 0xff}, color.White), 0.005)
	assert.InDelta(t, 1, sight.Ratio(color.Black, color.Black), 0.001)
}

// failing keeps whether it failed.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Helper()               {}
func (f *failing) Errorf(string, ...any) { f.failed = true }

const page = `<!doctype html><style>
	p { color: #000; background: linear-gradient(#fff 50%, #888 50%); font: 16px/20px sans-serif }
	button { font: 16px/30px sans-serif; border: 1px solid; background: #fff; outline: 0 solid #000 }
	#clear:focus { outline-width: 2px }
	#faint:focus { outline: 2px solid #ddd }
	#part:focus { border-bottom-color: #fff }
	#card { padding: 40px } #card:focus-within { box-shadow: 0 0 0 3px #005 }
	i { display: block; width: 40px; overflow: hidden; white-space: nowrap }
	u { position: absolute; width: 1px; height: 1px; overflow: hidden }
	#away { position: absolute; left: -999px; outline: 3px solid }
</style><p>text</p><button id="clear">clear</button> <button id="faint">faint</button> <button id="part">part</button>
<div id="card"><button id="within">within</button></div><i>too long for it</i><u>heard</u><button id="away">away</button>`

func TestFocusAndText(t *testing.T) {
	for _, engine := range browser.All {
		t.Run(engine.String(), func(t *testing.T) {
			r := browser.NewRecorder(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Write([]byte(page))
			}))
			b := browser.Start(t, engine)
			b.Navigate(r.URL)
			for _, test := range []struct {
				id     string
				around []string
				shows  bool
			}{
				{"clear", nil, true}, {"faint", nil, false}, {"part", nil, false},
				{"within", []string{"#card"}, true}, {"within", nil, false}, {"away", nil, false},
			} {
				b.Eval(`(id) => document.querySelector("#" + id).focus()`, test.id)
				f := &failing{TB: t}
				sight.Focus(f, b, test.around...)
				assert.Equal(t, test.shows, !f.failed, "%s %s", test.id, test.around)
				assert.Equal(t, test.id, b.Eval(`document.activeElement.id`), "the focus is where it was")
			}
			assert.Equal(t, []string{`<i>too long for it</i>`}, sight.Clipped(b))
			least, wanted := sight.Text(t, b, "p")
			assert.InDelta(t, sight.Ratio(color.Black, color.RGBA{0x88, 0x88, 0x88, 0xff}), least, 0.01)
			assert.Equal(t, 4.5, wanted)
		})
	}
}
