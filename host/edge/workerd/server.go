package workerd

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Server is a Worker that runs.
type Server struct {
	// URL is where it answers, without a path: http://127.0.0.1:PORT.
	URL string

	dir      string
	process  *process
	services []*http.Server
	output   *output
	exited   chan struct{}
	release  func() bool // of the context
}

// startTime is how long workerd may take to listen.
const startTime = 30 * time.Second

// Start starts workerd and waits until it listens. When the context ends, so does workerd. What is wrong with the Worker's own
// script is an error with what workerd said of it.
func Start(ctx context.Context, c Config) (*Server, error) {
	if len(c.Modules) == 0 {
		return nil, errors.New("workerd: no modules")
	}
	binary := c.Binary
	if binary == "" {
		var err error
		if binary, err = Find(); err != nil {
			return nil, err
		}
	}
	// Services listen on sockets, whose paths may have about 100 bytes, so not below a test's own directory.
	dir, err := os.MkdirTemp("", "nabij-workerd-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, output: &output{to: c.Log}, exited: make(chan struct{})}
	if err := s.start(ctx, binary, c); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, binary string, c Config) error {
	services := map[string]string{}
	if c.Origin != "" {
		services[originService] = c.Origin
	}
	serve := func(name string, h http.Handler) error {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		services[name] = l.Addr().String()
		server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
		s.services = append(s.services, server)
		go server.Serve(l)
		return nil
	}
	if c.Cache != nil {
		if err := serve(cacheService, c.Cache); err != nil {
			return err
		}
	}
	for _, bindings := range []map[string]http.Handler{c.KV, c.R2, c.Fetchers} {
		for name, h := range bindings {
			if err := serve(bindingPrefix+name, h); err != nil {
				return err
			}
		}
	}
	file, err := os.Create(filepath.Join(s.dir, "config"))
	if err != nil {
		return err
	}
	defer file.Close()
	if err := c.encode(services).writeTo(file); err != nil {
		return err
	}
	control, theirs, err := os.Pipe()
	if err != nil {
		return err
	}
	defer control.Close()
	s.process, err = startProcess(s.dir, binary, []string{"serve", "--binary", "--control-fd=3", file.Name()}, s.output, theirs)
	theirs.Close()
	if err != nil {
		return err
	}
	go func() {
		s.process.wait()
		close(s.exited)
	}()
	s.release = context.AfterFunc(ctx, s.process.kill)

	control.SetReadDeadline(time.Now().Add(startTime))
	lines := bufio.NewScanner(control)
	for lines.Scan() {
		var event struct {
			Event, Socket string
			Port          int
		}
		if json.Unmarshal(lines.Bytes(), &event) == nil && event.Event == "listen" && event.Socket == socketName {
			host, _, err := net.SplitHostPort(c.Address)
			if err != nil || host == "" || host == "*" {
				host = "127.0.0.1"
			}
			s.URL = "http://" + net.JoinHostPort(host, fmt.Sprint(event.Port))
			return nil
		}
	}
	if errors.Is(lines.Err(), os.ErrDeadlineExceeded) {
		return fmt.Errorf("workerd: does not listen after %s: %s", startTime, s.output)
	}
	<-s.exited
	return fmt.Errorf("workerd: did not start: %s", s.output)
}

// Exited is closed when workerd has ended, by Close or by itself.
func (s *Server) Exited() <-chan struct{} { return s.exited }

// PID is workerd's process.
func (s *Server) PID() int { return s.process.pid() }

// Output returns the end of what workerd and the Worker's console have written.
func (s *Server) Output() string { return s.output.String() }

// Close ends workerd and its services, and removes what they wrote.
func (s *Server) Close() error {
	if s.process != nil {
		s.release()
		s.process.kill()
		<-s.exited
		s.process.release()
	}
	for _, server := range s.services {
		server.Close()
	}
	return os.RemoveAll(s.dir)
}

// output keeps the end of what is written, and passes all of it on.
type output struct {
	mu   sync.Mutex
	kept bytes.Buffer
	to   io.Writer
}

const maxOutput = 64 << 10

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.kept.Len()+len(b) > maxOutput {
		o.kept.Next(o.kept.Len() / 2)
	}
	o.kept.Write(b)
	if o.to != nil {
		o.to.Write(b)
	}
	return len(b), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(bytes.TrimSpace(o.kept.Bytes()))
}
