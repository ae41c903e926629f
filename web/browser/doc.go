// Package browser drives real browsers from tests: Chromium, Firefox and WebKit, as installed by scripts/install.
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
// A Browser runs one browser with a profile of its own, and a Recorder is a server that keeps what it was sent. Start
// skips a test whose engine is not installed, and every test under go test -short; in CI the former fails.
//
// chromedriver and WebKitWebDriver are spoken to in WebDriver over HTTP, Firefox in Marionette over TCP, which has the
// same commands. Nothing but the standard library is needed.
//
// # What engines cannot do
//
//   - CDP, CPUThrottle and SetNetwork are Chromium's.
//   - GlobalPrivacyControl is Firefox's.
//   - WebKit's ColourScheme is fixed when it starts, and its Console knows only what CollectErrors collects.
//   - In WebKit tabs are windows, all of them visible. The key of Shift+Tab is "Unidentified" in its events, though the
//     focus moves as it should.
//   - Eval's scripts run beside the page's in Firefox: they see the page's globals, but set them only on window.
//   - Each browser may ask the server for more than the page does, such as /favicon.ico, and when it likes.
package browser
