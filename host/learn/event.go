package learn

// event is an event as a log tells it. Its texts may be parts of a line that is read over.
type event struct {
	who     string // its session, or its visitor
	visitor bool
	time    string
	utc     bool // a time that names no zone is in UTC
	named
	signs
	again again
	// more says that the event has one more item, and is no event of its own.
	more bool
	// void says that it has come to nothing, as what was ordered and cancelled.
	void bool
	// aside says that it is no view of a page or an item.
	aside bool
	// nameless says that the log does not tell whose it is.
	nameless bool
	// page says that it need not be about an item: that is so if the catalogue has what it names.
	page bool
}

// named is what tells an item, each in the log's own words, the surest first. All may be empty: then the event tells of the visit alone.
type named struct {
	id, sku, url, title string
}

// word returns what a person would look for.
func (n *named) word() string {
	for _, s := range []string{n.id, n.sku, n.url, n.title} {
		if s != "" {
			return s
		}
	}
	return ""
}

// again says whether an item that a session has met counts when it is met again. It does by default: that is for logs of one kind of event.
type again uint8

const (
	// againLater is for logs that may tell of one view twice, as a page's and as an item's, or of a reload: an item counts again only after
	// another.
	againLater again = iota + 1
	// againNever is for what is done with an item that was viewed before, and for the lines of an order.
	againNever
)

// countsAfter reports whether an item counts after those that a session has met.
func (a again) countsAfter(met []uint32, item uint32) bool {
	switch a {
	case againLater:
		return len(met) == 0 || met[len(met)-1] != item
	case againNever:
		for _, m := range met {
			if m == item {
				return false
			}
		}
	}
	return true
}
