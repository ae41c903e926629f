// Package audit proves on a site's own pages that behaviour stays in the browser. It plays visits with the same page loads
// and different behaviour in Chromium, records every byte that leaves to any host, and compares.
//
//	script, err := audit.ReadScript("visit.json", data)
//	...
//	report, err := audit.Run(ctx, audit.Options{Site: "https://shop.example", Script: script})
//	...
//	for _, finding := range report.Findings {
//		fmt.Println(finding.Visit, finding.Page, finding.Method, finding.URL)
//	}
//
// # How it is recorded
//
// Every name and address is resolved to one door on 127.0.0.1, which records what comes, in plain and over TLS with a
// certificate that lives as long as the audit, and passes it on. So the bytes are those that the hosts would get, over
// HTTP/1.1. Chromium's own log of its network says what has no bytes: a name that is looked up, a connection that is opened
// in advance, a socket of WebRTC, a session of WebTransport.
//
// # How it is compared
//
// A visit that does nothing is played twice. What differs between those two varies by itself, in a place: a parameter, a
// header, a cookie, a field of a body. That place is left out of all comparisons, and the report says so. Whatever else
// differs in another visit is played again, beside a third visit that does nothing; what differs again is a finding.
//
// # What it cannot show
//
//   - Where a value varies by itself, what else it may carry.
//   - When something is sent, and in how many packets; only what, and on which page.
//   - What behaviour that was not played gives away, or pages that were not loaded, or other engines.
//   - What a service worker or the browser sends after the browser has ended.
package audit
