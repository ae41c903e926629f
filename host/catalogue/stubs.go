package catalogue

import "bufio"

const merchantNamespace = "http://base.google.com/ns/1.0"
const merchantNamespaceTLS = "https://base.google.com/ns/1.0"

func (r *reader) readMerchantXML(br *bufio.Reader) error           { return ErrNotRecognised }
func (r *reader) readArticles(br *bufio.Reader) error              { return ErrNotRecognised }
func (r *reader) readSitemap(br *bufio.Reader) error               { return ErrNotRecognised }
func (r *reader) readPage(br *bufio.Reader, encoding string) error { return ErrNotRecognised }
func (r *reader) readShopify(t *table) error                       { return ErrNotRecognised }
func (r *reader) readWooCommerce(t *table) error                   { return ErrNotRecognised }
func (r *reader) readMerchantTable(t *table) error                 { return r.readGeneric(t, fieldsOf(t.names)) }
func (r *reader) readFolder(any) error                             { return ErrNotRecognised }
