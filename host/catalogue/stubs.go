package catalogue

import "bufio"

func (r *reader) readSitemap(br *bufio.Reader) error               { return ErrNotRecognised }
func (r *reader) readPage(br *bufio.Reader, encoding string) error { return ErrNotRecognised }
func (r *reader) readFolder(any) error                             { return ErrNotRecognised }
