package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// alive is how often a page hears that the server is there: a connection over which nothing comes may be cut.
const alive = 20 * time.Second

// serveEvents tells a page what there is, and of every change from then on, as server-sent events.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for {
		s.mu.Lock()
		now, change := s.state, s.change
		s.mu.Unlock()
		data, err := json.Marshal(now)
		if err == nil {
			_, err = fmt.Fprintf(w, "data: %s\n\n", data)
		}
		if err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-change:
		case <-time.After(alive):
		case <-r.Context().Done():
			return
		}
	}
}
