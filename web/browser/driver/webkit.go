package driver

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// startWebKit starts a display, and WebKitWebDriver, which starts the browser.
func startWebKit(g *group, p programs, o settings) (conn, error) {
	display, err := startDisplay(g, p.display)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	driver, err := g.start(p.driver, []string{"--port=" + port}, append([]string{
		"DISPLAY=" + display, "GDK_BACKEND=x11",
		// There is no GPU, and no bus to speak to accessibility tools or a keyring. WEBKIT_DISABLE_COMPOSITING_MODE and
		// WEBKIT_DISABLE_DMABUF_RENDERER, which are often seen beside this, have screenshots wait for ever.
		"LIBGL_ALWAYS_SOFTWARE=1", "NO_AT_BRIDGE=1", "GTK_A11Y=none", "GSETTINGS_BACKEND=memory",
		"DBUS_SESSION_BUS_ADDRESS=disabled:",
	}, o.env...))
	if err != nil {
		return nil, err
	}
	// The driver says nothing when it is ready.
	err = driver.await(func() bool {
		tcp, err := net.DialTimeout("tcp", "127.0.0.1:"+port, time.Second)
		if err == nil {
			tcp.Close()
		}
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	browser, err := wrapMiniBrowser(g, p.browser, o.prefs)
	if err != nil {
		return nil, err
	}
	w := newWebDriver(port)
	return w, w.open(params{
		"webkitgtk:browserOptions": params{
			"binary": browser,
			"args":   append([]string{"--automation"}, o.args...),
		},
	})
}

// gtkStyle lets windows be narrow, for pages as on a phone: the toolbar's least width is the window's.
const gtkStyle = `* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px }`

// wrapMiniBrowser writes GTK's settings, and a script that is MiniBrowser with its output in a file, for errors: the
// driver would close it.
func wrapMiniBrowser(g *group, program string, prefs map[string]any) (string, error) {
	var ini strings.Builder
	ini.WriteString("[Settings]\n")
	for name, value := range prefs {
		fmt.Fprintf(&ini, "%s=%v\n", name, value)
	}
	gtk := filepath.Join(g.dir, "gtk-3.0") // in XDG_CONFIG_HOME, as start has it
	if err := os.Mkdir(gtk, 0o700); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(gtk, "gtk.css"), []byte(gtkStyle), 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(gtk, "settings.ini"), []byte(ini.String()), 0o600); err != nil {
		return "", err
	}
	script := filepath.Join(g.dir, "minibrowser")
	text := fmt.Sprintf("#!/bin/sh\nexec '%s' \"$@\" >>'%s' 2>&1\n", program, filepath.Join(g.dir, "output-minibrowser"))
	return script, os.WriteFile(script, []byte(text), 0o700)
}

// startDisplay starts an X server without a screen and returns its name, ":0" or higher.
func startDisplay(g *group, xvfb string) (string, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	_, err = g.start(xvfb, []string{"-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"}, nil, writer)
	writer.Close()
	if err != nil {
		return "", err
	}
	// It chooses a number that is free and writes it when it is ready, or exits, which closes the pipe.
	reader.SetReadDeadline(time.Now().Add(startLimit))
	// All of the line must be read, or Xvfb dies of a broken pipe.
	number, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s named no display: %w", filepath.Base(xvfb), err)
	}
	return ":" + strings.TrimSpace(number), nil
}

// freePort returns a port that was free a moment ago: WebKitWebDriver cannot choose one. It is below those that systems give to who asks for
// any, so that none beside this is given it.
func freePort() (port string, err error) {
	for range 100 {
		port = strconv.Itoa(20_000 + rand.IntN(10_000))
		var listener net.Listener
		if listener, err = net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			return port, listener.Close()
		}
	}
	return "", err
}
