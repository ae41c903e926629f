package catalogue

import (
	"bufio"
	"strings"
)

var merchantXMLNames = map[string]string{"id": "g:id", "url": "link", "image": "g:image_link", "price": "g:price",
	"sale_price": "g:sale_price", "availability": "g:availability"}

// readMerchantXML reads a Google Merchant feed in RSS 2.0 or Atom. Elements of Google's namespace come before those of the
// feed's own: an Atom entry's id is not the product's.
func (r *reader) readMerchantXML(br *bufio.Reader) error {
	x := newElements(r, br, "item", "entry")
	for {
		e, line, ok := x.next()
		if !ok {
			break
		}
		if r.records == 0 {
			x.channel()
		}
		m := merchant{rec: record{line: line, called: merchantXMLNames}}
		for _, space := range []string{"g", ""} {
			for i := range e.children {
				if c := &e.children[i]; c.space == space {
					m.element(c)
				}
			}
		}
		if err := r.addMerchant(&m); err != nil {
			return err
		}
	}
	x.end()
	return nil
}

func (m *merchant) element(c *xmlElement) {
	switch {
	case c.name == "link" && strings.TrimSpace(c.text) == "":
		if rel := c.attribute("rel"); rel == "" || rel == "alternate" {
			m.set("link", c.attribute("href"))
		}
	case c.name == "product_detail" && len(c.children) > 0:
		m.rec.attribute(c.child(c.space, "attribute_name"), c.child(c.space, "attribute_value"))
	case (c.name == "structured_title" || c.name == "structured_description") && len(c.children) > 0:
		m.set(c.name, c.child(c.space, "content"))
	default:
		m.set(c.name, c.text)
	}
}
