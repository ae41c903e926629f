package learn

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"net/netip"
	"path"
	"strconv"
	"strings"
)

// accessLog is what web servers write of requests in the combined format, with the name of the virtual host before it or not:
//
//	203.0.113.7 - - [25/Nov/2026:09:00:00 +0100] "GET /tents/dome HTTP/1.1" 200 5120 "https://www.google.nl/" "Mozilla/5.0 …"
var accessLog = format{
	name: "access-log", what: "a web server's log in the combined format",
	mark:  "lines as " + accessExample,
	tells: func(func(string) bool) bool { return false }, unsorted: true, pages: true,
	line: newAccessLog,
}

const accessExample = `203.0.113.7 - - [25/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 5120 "-" "Mozilla/5.0"`

// isAccessLine reports whether a line looks like one of such a log.
func isAccessLine(line []byte) bool {
	_, err := parseAccess(line)
	return err == nil
}

// accessLine is what of a line is read.
type accessLine struct {
	host, address, time, method, target, status, referrer, agent string
}

// parseAccess reads a line. What follows the browser is not looked at.
func parseAccess(text []byte) (accessLine, error) {
	var l accessLine
	bad := func(what string) (accessLine, error) {
		return l, fmt.Errorf("%w: %s; want lines as %s", errLine, what, accessExample)
	}
	line := string(text)
	who, rest, ok := strings.Cut(line, " [")
	fields := strings.Fields(who)
	if !ok || len(fields) < 3 {
		return bad("it does not begin with an address, two names and a time")
	}
	l.address = fields[0]
	if _, err := netip.ParseAddr(fields[1]); err == nil {
		l.host, _, _ = strings.Cut(fields[0], ":")
		l.address = fields[1]
	}
	if l.time, rest, ok = strings.Cut(rest, "] "); !ok {
		return bad("its time has no end")
	}
	var request string
	if request, rest, ok = cutQuoted(rest); !ok {
		return bad("it has no request in quotes")
	}
	l.method, request, _ = strings.Cut(request, " ")
	l.target, _, _ = strings.Cut(request, " ")
	l.status, rest, _ = strings.Cut(strings.TrimPrefix(rest, " "), " ")
	if _, err := strconv.Atoi(l.status); err != nil {
		return bad("it has no status")
	}
	_, rest, _ = strings.Cut(rest, " ") // bytes
	if l.referrer, rest, ok = cutQuoted(rest); !ok {
		return bad("it has no page before and no browser: it is of the common format, not the combined")
	}
	if l.agent, _, ok = cutQuoted(strings.TrimPrefix(rest, " ")); !ok {
		return bad("it has no browser")
	}
	return l, nil
}

// cutQuoted returns what stands in quotes at the start, and what follows. A quote in it has a backslash before it, which stays.
func cutQuoted(s string) (quoted, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	for k := 1; k < len(s); k++ {
		switch s[k] {
		case '\\':
			k++
		case '"':
			return s[1:k], s[k+1:], true
		}
	}
	return "", s, false
}

// newAccessLog returns what reads lines. A visitor is told by a hash of address and browser, under a key that is drawn anew for each reading
// of logs, all of them together, and kept nowhere: neither of the two is held.
func newAccessLog(key maphash.Seed) lineReader {
	var hash maphash.Hash
	hash.SetSeed(key)
	return func(text []byte, put func(*event) error) error {
		l, err := parseAccess(bytes.TrimSpace(text))
		if err != nil {
			return err
		}
		e := event{visitor: true, time: l.time, named: named{url: l.target}, page: true, again: againLater}
		e.aside = l.method != "GET" || l.status != "200" && l.status != "304" || isAsset(l.target)
		hash.Reset()
		_, _ = hash.WriteString(l.address)
		_ = hash.WriteByte(0)
		_, _ = hash.WriteString(l.agent)
		e.who = strconv.FormatUint(hash.Sum64(), 36)
		e.signs = signs{agent: l.agent, referrer: l.referrer, refers: true, host: l.host}
		return put(&e)
	}
}

// isAsset reports whether a request is for a part of a page.
func isAsset(target string) bool {
	target, _, _ = strings.Cut(target, "?")
	switch strings.ToLower(path.Ext(target)) {
	case ".css", ".js", ".mjs", ".map", ".json", ".xml", ".txt", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".woff",
		".woff2", ".ttf", ".mp4", ".webm", ".pdf", ".wasm", ".webmanifest":
		return true
	}
	return false
}
