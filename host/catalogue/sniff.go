package catalogue

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Format is what a source was recognised as; its text is meant for people.
type Format string

// The formats that Read knows.
const (
	FormatMerchantXML Format = "Google Merchant XML feed"
	FormatMerchantTSV Format = "Google Merchant table"
	FormatShopify     Format = "Shopify product export"
	FormatWooCommerce Format = "WooCommerce product export"
	FormatJSON        Format = "JSON Lines catalogue"
	FormatTable       Format = "table with a header row"
	FormatArticles    Format = "RSS or Atom feed of articles"
	FormatSitemap     Format = "sitemap"
	FormatPage        Format = "HTML page"
	FormatFolder      Format = "folder of HTML pages"
)

// headBytes is how much of a source is looked at to recognise it.
const headBytes = 1 << 16

// known lists the formats for messages.
const known = "a Google Merchant feed (XML, or a table with id, title and link), a Shopify or WooCommerce product CSV " +
	"export, JSON Lines, a CSV or TSV table with a header row, an RSS or Atom feed, a sitemap, a folder of HTML pages"

// expects says what a source of this format should hold.
func (f Format) expects() string {
	switch f {
	case FormatMerchantXML:
		return "<item> or <entry> elements with g: attributes"
	case FormatArticles:
		return "<item> or <entry> elements"
	case FormatJSON:
		return "one object a line, or an array of objects"
	case FormatSitemap:
		return "<url> elements whose <loc> has a file beside the sitemap"
	case FormatPage, FormatFolder:
		return "HTML pages with a title that may be indexed"
	}
	return "rows below the header"
}

// read reads a stream of this format.
func (f Format) read(r *reader, br *bufio.Reader, head []byte, encoding string) error {
	switch f {
	case FormatMerchantXML:
		return r.readMerchantXML(br)
	case FormatArticles:
		return r.readArticles(br)
	case FormatJSON:
		return r.readJSON(br, head)
	case FormatSitemap:
		return r.readSitemap(br)
	case FormatPage:
		return r.readPage(br, encoding)
	}
	return r.readTable(br, head)
}

// rootTag finds the first start tag of an XML or HTML document.
var rootTag = regexp.MustCompile(`<([A-Za-z_][A-Za-z0-9_.:-]*)`)

// sniff recognises a source by its first bytes, decoded to UTF-8. What looks like a table is told apart by its header
// row, in readTable.
func sniff(head []byte) (Format, error) {
	text := bytes.TrimLeft(head, " \t\r\n\f\v\x00")
	if len(text) == 0 {
		return "", fmt.Errorf("%w: the file is empty; known are %s", ErrEmpty, known)
	}
	switch text[0] {
	case '<':
		return sniffMarkup(text)
	case '{':
		return FormatJSON, nil
	case '[':
		if rest := bytes.TrimLeft(text[1:], " \t\r\n"); len(rest) == 0 || rest[0] == '{' || rest[0] == ']' {
			return FormatJSON, nil
		}
	}
	if kind := http.DetectContentType(head); !strings.HasPrefix(kind, "text/") || bytes.HasPrefix(text, []byte("%PDF")) {
		if i := bytes.IndexByte(head, 0); i >= 0 || !strings.HasPrefix(kind, "application/octet-stream") {
			return "", fmt.Errorf("%w: it starts with %s, which looks like %s; known are %s",
				ErrNotRecognised, quoteShort(string(head[:min(len(head), 24)])), kind, known)
		}
	}
	return FormatTable, nil
}

func sniffMarkup(text []byte) (Format, error) {
	plain := xmlComment.ReplaceAll(text, nil)
	lower := bytes.ToLower(plain)
	if bytes.HasPrefix(lower, []byte("<!doctype html")) {
		return FormatPage, nil
	}
	root := ""
	if m := rootTag.FindSubmatch(plain); m != nil {
		root = strings.ToLower(string(m[1]))
	}
	if _, local, ok := strings.Cut(root, ":"); ok {
		root = local
	}
	switch root {
	case "rss", "feed", "rdf", "channel", "item", "entry":
		if bytes.Contains(plain, []byte("<g:")) || bytes.Contains(plain, []byte(merchantNamespace)) ||
			bytes.Contains(plain, []byte(merchantNamespaceTLS)) {
			return FormatMerchantXML, nil
		}
		return FormatArticles, nil
	case "urlset", "sitemapindex":
		return FormatSitemap, nil
	case "html", "head", "body", "title", "meta", "div", "main", "article", "link", "script", "p", "h1":
		return FormatPage, nil
	}
	seen := "<" + root + ">"
	if root == "" {
		seen = quoteShort(string(text[:min(len(text), 24)]))
	}
	return "", fmt.Errorf("%w: it starts with %s; known are %s", ErrNotRecognised, seen, known)
}

var xmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
