// Package markup renders what the edge adds to a page: suggestions, in the markup that the element <nabij-suggestions> makes of them in
// the browser, and what the page's head needs for the browser to go on from there.
//
//	page = markup.Suggestions(page, p, reply.Suggestions, markup.Slot{Language: "nl", Images: true})
//
// The same list makes the same bytes for everyone. What is added is ASCII, whatever the charset of the page, but for what a site's own
// template holds, which is repeated as the page has it.
//
// Its cases and what they make are in wasm/edge/testdata/markup: the worker and the element are tested on them as well.
package markup
