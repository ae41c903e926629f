// Package driver drives real browsers: Chromium, Firefox and WebKit, as installed by scripts/install.
//
//	b, err := driver.Launch(driver.Chromium)
//	if err != nil {
//		return err
//	}
//	defer b.Stop()
//	if err := b.Navigate("https://shop.example/shirts"); err != nil {
//		return err
//	}
//	return b.Click("nabij-suggestions >>> a")
//
// For tests, package browser is the same with tests that fail in place of errors.
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
package driver
