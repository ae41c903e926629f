package workerd

import (
	"bufio"
	"container/list"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Cache is the service behind Workers' Cache API, in memory, shared by all who use it. workerd asks it by HTTP:
//
//	GET    the response to a URL, with CF-Cache-Status: HIT, or 504 with MISS
//	PUT    a whole response, head and body, as the body: 204, or 413 where it must not be kept
//	PURGE  200, or 404 where there was none
//
// As Cloudflare does, it keeps a response as long as its Cache-Control or Expires says, and none that is private, not to be stored,
// or sets a cookie. It does not look at Vary, and serves what is stored whole: ranges and conditions are the Worker's to answer.
type Cache struct {
	mu      sync.Mutex
	entries map[string]*list.Element // of *cached
	order   *list.List               // the oldest first
	bytes   int64
	max     int64
	now     func() time.Time
}

type cached struct {
	key            string
	status         int
	header         http.Header
	body           []byte
	stored, expiry time.Time
}

// NewCache makes an empty cache that holds at most so many bytes of bodies; the oldest go first.
func NewCache(maxBytes int64) *Cache {
	return &Cache{entries: map[string]*list.Element{}, order: list.New(), max: maxBytes, now: time.Now}
}

// Len is how many responses it holds, fresh or not.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

// Keys returns the URLs of the responses it holds, the oldest first.
func (c *Cache) Keys() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var keys []string
	for e := c.order.Front(); e != nil; e = e.Next() {
		keys = append(keys, strings.TrimPrefix(e.Value.(*cached).key, " "))
	}
	return keys
}

// Clear empties it.
func (c *Cache) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.entries)
	c.order.Init()
	c.bytes = 0
}

// protoHeader tells a service whether a URL is of http or https.
const protoHeader = "X-Forwarded-Proto"

// ServeHTTP answers workerd.
func (c *Cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("CF-Cache-Namespace") + " " + r.Header.Get(protoHeader) + "://" + r.Host + r.URL.RequestURI()
	switch r.Method {
	case http.MethodGet:
		c.get(w, key)
	case http.MethodPut:
		c.put(w, r, key)
	case "PURGE", http.MethodDelete:
		c.mu.Lock()
		e, ok := c.entries[key]
		if ok {
			c.remove(e)
		}
		c.mu.Unlock()
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func (c *Cache) get(w http.ResponseWriter, key string) {
	c.mu.Lock()
	now := c.now()
	e, ok := c.entries[key]
	if ok && !now.Before(e.Value.(*cached).expiry) {
		c.remove(e)
		ok = false
	}
	c.mu.Unlock()
	if !ok {
		w.Header().Set("CF-Cache-Status", "MISS")
		w.WriteHeader(http.StatusGatewayTimeout)
		return
	}
	found := e.Value.(*cached)
	for name, values := range found.header {
		w.Header()[name] = values
	}
	w.Header().Set("CF-Cache-Status", "HIT")
	w.Header().Set("Age", strconv.Itoa(int(now.Sub(found.stored)/time.Second)))
	w.Header().Set("Content-Length", strconv.Itoa(len(found.body)))
	w.WriteHeader(found.status)
	w.Write(found.body)
}

func (c *Cache) put(w http.ResponseWriter, r *http.Request, key string) {
	now := c.now()
	status, header, body, err := readResponse(r.Body, c.max+1)
	if err != nil { // among others where the Worker's response broke off
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	lifetime := Lifetime(header, now)
	if lifetime <= 0 || header.Get("Set-Cookie") != "" || status == http.StatusPartialContent || header.Get("Vary") == "*" ||
		int64(len(body)) > c.max {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	entry := &cached{key, status, header, body, now, now.Add(lifetime)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.entries[key]; ok {
		c.remove(old)
	}
	c.entries[key] = c.order.PushBack(entry)
	for c.bytes += int64(len(body)); c.bytes > c.max; {
		c.remove(c.order.Front())
	}
	w.WriteHeader(http.StatusNoContent)
}

// readResponse reads a response as workerd writes it, and no more than so many bytes of its body. The body is as it is, also where the
// header says that it is chunked.
func readResponse(from io.Reader, maxBytes int64) (status int, header http.Header, body []byte, err error) {
	r := bufio.NewReader(from)
	text := textproto.NewReader(r)
	line, err := text.ReadLine()
	if err != nil {
		return 0, nil, nil, err
	}
	_, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	if status, err = strconv.Atoi(code); err != nil {
		return 0, nil, nil, err
	}
	mime, err := text.ReadMIMEHeader()
	if err != nil {
		return 0, nil, nil, err
	}
	header = http.Header(mime)
	header.Del("Transfer-Encoding")
	body, err = io.ReadAll(io.LimitReader(r, maxBytes))
	return status, header, body, err
}

func (c *Cache) remove(e *list.Element) {
	entry := c.order.Remove(e).(*cached)
	delete(c.entries, entry.key)
	c.bytes -= int64(len(entry.body))
}

// Lifetime returns how long a shared cache may keep a response with this header, as RFC 9111 has it: 0 where it may not, or where
// the response does not say.
func Lifetime(h http.Header, now time.Time) time.Duration {
	var maxAge, shared string
	for directive := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "private", "no-store", "no-cache":
			return 0
		case "max-age":
			maxAge = value
		case "s-maxage":
			shared = value
		}
	}
	for _, value := range []string{shared, maxAge} {
		if value != "" {
			seconds, err := strconv.Atoi(strings.Trim(value, `"`))
			if err != nil {
				return 0
			}
			return time.Duration(seconds) * time.Second
		}
	}
	if expires, err := http.ParseTime(h.Get("Expires")); err == nil {
		return expires.Sub(now)
	}
	return 0
}
