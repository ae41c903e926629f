package edge

import (
	"compress/gzip"
	"errors"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
)

// decoder decodes a page that its origin has compressed though it was asked not to.
type decoder struct {
	to   *io.PipeWriter
	done chan error
	// mu is held while what was decoded is passed on.
	mu sync.Mutex
}

// pieceBytes is how much is decoded at a time.
const pieceBytes = 16 << 10

// newDecoder returns a decoder of gzip or br, which calls pass with what it has decoded, in another goroutine.
func newDecoder(encoding string, pass func([]byte) error) *decoder {
	from, to := io.Pipe()
	d := &decoder{to: to, done: make(chan error, 1)}
	go func() {
		err := d.decode(encoding, from, pass)
		from.CloseWithError(err) // which is what writing more of it is told
		d.done <- err
	}()
	return d
}

func (d *decoder) decode(encoding string, from io.Reader, pass func([]byte) error) (err error) {
	var plain io.Reader
	if encoding == "br" {
		plain = brotli.NewReader(from)
	} else if plain, err = gzip.NewReader(from); err != nil {
		return err
	}
	piece := make([]byte, pieceBytes)
	for {
		n, err := plain.Read(piece)
		if n > 0 {
			d.mu.Lock()
			gone := pass(piece[:n])
			d.mu.Unlock()
			if gone != nil {
				return gone
			}
		}
		if errors.Is(err, io.EOF) {
			_, err = io.Copy(io.Discard, from) // what follows an end is of no page
			return err
		}
		if err != nil {
			return err
		}
	}
}

func (d *decoder) write(b []byte) (int, error) { return d.to.Write(b) }

// close waits until all is decoded, and returns what went wrong. It is not whole if the origin has failed.
func (d *decoder) close(whole bool) error {
	if whole {
		d.to.Close()
	} else {
		d.to.CloseWithError(io.ErrUnexpectedEOF)
	}
	return <-d.done
}
