package driver

import (
	"encoding/json"
	"fmt"
	"time"
)

// Limits of time. The browser's own come first, because its errors say more.
const (
	startLimit   = 60 * time.Second // a browser's first start on a busy machine
	scriptLimit  = 20 * time.Second
	loadLimit    = 30 * time.Second
	commandLimit = 40 * time.Second
	elementLimit = 10 * time.Second // for an element to appear
)

// command is one command of WebDriver, https://www.w3.org/TR/webdriver2/, as HTTP has it and as Marionette does.
type command struct{ method, path, marionette string }

var (
	newSession   = command{"POST", "", "WebDriver:NewSession"}
	setTimeouts  = command{"POST", "timeouts", "WebDriver:SetTimeouts"}
	navigate     = command{"POST", "url", "WebDriver:Navigate"}
	getURL       = command{"GET", "url", "WebDriver:GetCurrentURL"}
	getTitle     = command{"GET", "title", "WebDriver:GetTitle"}
	back         = command{"POST", "back", "WebDriver:Back"}
	forward      = command{"POST", "forward", "WebDriver:Forward"}
	refresh      = command{"POST", "refresh", "WebDriver:Refresh"}
	execute      = command{"POST", "execute/sync", "WebDriver:ExecuteScript"}
	executeAsync = command{"POST", "execute/async", "WebDriver:ExecuteAsyncScript"}
	elementClick = command{"POST", "element/{id}/click", "WebDriver:ElementClick"}
	elementType  = command{"POST", "element/{id}/value", "WebDriver:ElementSendKeys"}
	perform      = command{"POST", "actions", "WebDriver:PerformActions"}
	screenshot   = command{"GET", "screenshot", "WebDriver:TakeScreenshot"}
	setRect      = command{"POST", "window/rect", "WebDriver:SetWindowRect"}
	newWindow    = command{"POST", "window/new", "WebDriver:NewWindow"}
	getWindow    = command{"GET", "window", "WebDriver:GetWindowHandle"}
	getWindows   = command{"GET", "window/handles", "WebDriver:GetWindowHandles"}
	switchWindow = command{"POST", "window", "WebDriver:SwitchToWindow"}
	closeWindow  = command{"DELETE", "window", "WebDriver:CloseWindow"}
	quit         = command{"DELETE", "", "Marionette:Quit"}
)

// params are what a command is given; "id" goes into its path.
type params map[string]any

// conn is the wire to a browser; *webDriver and *marionette are the two there are.
type conn interface {
	// send runs a command and returns what the standard calls its value. It never takes longer than commandLimit.
	send(c command, p params) (json.RawMessage, error)
	close()
}

// driverError is an error in the browser's own words.
type driverError struct {
	Code       string `json:"error"`
	Message    string `json:"message"`
	Stacktrace string `json:"stacktrace"` // of the driver's own code, so never shown
}

func (e *driverError) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }
