package audit

import (
	"context"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// actions.js does on a page what a visitor can do with Nabij, as far as the page has it.
//
//go:embed actions.js
var actions string

// DefaultVisits are the ways to behave of a script that names none: one that reads, and one that does with suggestions,
// search, basket, preferences and the visitor's panel what a page has of them.
func DefaultVisits() []Visit {
	return []Visit{
		{"reads", map[string][]Step{EveryPage: {
			{Do: "scroll", What: "end"}, {Do: "wait_ms", Wait: 1000 * time.Millisecond}, {Do: "eval", What: pointAtLinks},
		}}},
		{"acts", map[string][]Step{EveryPage: {
			{Do: "eval", What: actions}, {Do: "wait_ms", Wait: 1000 * time.Millisecond},
		}}},
	}
}

// pointAtLinks moves over some links, as far as scripts hear of it.
const pointAtLinks = `async () => {
	for (const link of [...document.querySelectorAll("main a[href], a[href]")].slice(0, 5)) {
		for (const type of ["pointerover", "mouseover", "mouseenter", "pointerenter"]) link.dispatchEvent(new MouseEvent(type, { bubbles: true }));
		await new Promise((done) => setTimeout(done, 100));
	}
}`

// defaultPages is how many pages a script has that names none.
const defaultPages = 3

// DefaultScript makes a script for a site, of what the client is given: its start page, two of its sitemap or else of the start page's links, and
// DefaultVisits.
func DefaultScript(ctx context.Context, client *http.Client, site string) (Script, error) {
	root, err := url.Parse(site)
	if err != nil {
		return Script{}, err
	}
	start, links, err := readPage(ctx, client, root.JoinPath("/"))
	if err != nil {
		return Script{}, fmt.Errorf("the start page: %w", err)
	}
	if listed := readSitemap(ctx, client, root); len(listed) > 0 {
		links = listed
	}
	pages := []string{start}
	// Evenly from all that there are: neighbours are of one kind.
	for i := 1; i < defaultPages; i++ {
		for k := i * len(links) / defaultPages; k < len(links) && k < i*len(links)/defaultPages+5; k++ {
			page, _, err := readPage(ctx, client, root.ResolveReference(&url.URL{Path: links[k]}))
			if ctx.Err() != nil {
				return Script{}, ctx.Err()
			}
			if err == nil && !slices.Contains(pages, page) {
				pages = append(pages, page)
				break
			}
		}
	}
	return Script{Pages: pages, Visits: DefaultVisits()}, nil
}

// mostBytes is as much of a page as is read for its links.
const mostBytes = 4 << 20

func get(ctx context.Context, client *http.Client, u *url.URL, kind string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK || !strings.Contains(response.Header.Get("Content-Type"), kind) {
		response.Body.Close()
		return nil, fmt.Errorf("%s: the site answers %s, of type %q", u, response.Status, response.Header.Get("Content-Type"))
	}
	return response, nil
}

// readPage returns the path that a page has after redirects, and the paths on the site that it links to.
func readPage(ctx context.Context, client *http.Client, u *url.URL) (string, []string, error) {
	response, err := get(ctx, client, u, "html")
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	at := response.Request.URL
	if at.Host != u.Host {
		return "", nil, fmt.Errorf("%s leads to %s, which is another site; audit that one", u, at)
	}
	document, err := goquery.NewDocumentFromReader(io.LimitReader(response.Body, mostBytes))
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", u, err)
	}
	var links []string
	for _, a := range document.Find("a[href]").EachIter() {
		href, _ := a.Attr("href")
		if to, err := at.Parse(href); err == nil && to.Host == at.Host && to.Scheme == at.Scheme && to.RawQuery == "" {
			links = addPath(links, to.Path, at.Path)
		}
	}
	return at.Path, links, nil
}

// readSitemap returns the paths of the site's sitemap, whatever host it names: a site that is tried out may have another.
func readSitemap(ctx context.Context, client *http.Client, root *url.URL) (links []string) {
	response, err := get(ctx, client, root.JoinPath("/sitemap.xml"), "xml")
	if err != nil {
		return nil // a site need not have one
	}
	defer response.Body.Close()
	var sitemap struct {
		XMLName xml.Name `xml:"urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	err = xml.NewDecoder(io.LimitReader(response.Body, mostBytes)).Decode(&sitemap)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	for _, u := range sitemap.URLs {
		if to, err := url.Parse(strings.TrimSpace(u.Loc)); err == nil && to.RawQuery == "" {
			links = addPath(links, to.Path, "/")
		}
	}
	return links
}

func addPath(links []string, path, but string) []string {
	if !strings.HasPrefix(path, "/") || path == but || slices.Contains(links, path) {
		return links
	}
	return append(links, path)
}
