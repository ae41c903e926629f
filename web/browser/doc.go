// Package browser drives real browsers from tests: Chromium, Firefox and WebKit, as installed by scripts/install. It is
// package driver, which says what engines cannot do, with tests that fail in place of errors.
//
//	func TestShop(t *testing.T) {
//		for _, engine := range browser.All {
//			t.Run(engine.String(), func(t *testing.T) {
//				server := browser.NewRecorder(t, shop)
//				b := browser.Start(t, engine)
//				b.Navigate(server.URL + "/shirts")
//				b.Click("nabij-slot a")
//				b.Wait(`document.title === "Ocean blue shirt"`, 5*time.Second)
//				for _, request := range server.Requests() {
//					...
//				}
//			})
//		}
//	}
//
// A Browser runs one browser with a profile of its own, or with Reuse one that another test has left, and a Recorder is a server that keeps what it was sent. Start
// skips a test whose engine is not installed, and every test under go test -short; in CI the former fails.
package browser
