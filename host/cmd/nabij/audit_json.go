package main

import "github.com/nabij/nabij/host/audit"

// auditJSON is what nabij audit --json prints.
type auditJSON struct {
	Site       string           `json:"site"`
	Pages      []string         `json:"pages"`
	Visits     []string         `json:"visits"`
	Requests   int              `json:"requests"`
	Hosts      int              `json:"hosts"`
	Nabij      bool             `json:"nabij"`
	Findings   []findingJSON    `json:"findings"`
	Once       []findingJSON    `json:"once"`
	Varies     []variesJSON     `json:"varies"`
	Unanswered []unansweredJSON `json:"unanswered"`
}

type findingJSON struct {
	Visit  string     `json:"visit"`
	Page   string     `json:"page"`
	Kind   audit.Kind `json:"kind"`
	Method string     `json:"method,omitempty"`
	URL    string     `json:"url"`
	Change string     `json:"change"`
	Part   string     `json:"part,omitempty"`
	From   *string    `json:"from,omitempty"`
	To     *string    `json:"to,omitempty"`
	Body   string     `json:"body,omitempty"`
}

type variesJSON struct {
	Kind   audit.Kind `json:"kind"`
	Method string     `json:"method,omitempty"`
	Origin string     `json:"origin"`
	Path   string     `json:"path,omitempty"`
	Part   string     `json:"part,omitempty"` // empty for all of a request, which comes and goes
	One    *string    `json:"one,omitempty"`
	Two    *string    `json:"two,omitempty"`
}

type unansweredJSON struct {
	Origin string `json:"origin"`
	Error  string `json:"error"`
}

func auditOf(r *audit.Report) auditJSON {
	out := auditJSON{
		Site: r.Site, Pages: r.Pages, Visits: r.Visits, Requests: r.Requests, Hosts: r.Hosts, Nabij: r.Nabij,
		Findings: findingsOf(r.Findings), Once: findingsOf(r.Once), Varies: []variesJSON{}, Unanswered: []unansweredJSON{},
	}
	for _, p := range r.Varies {
		out.Varies = append(out.Varies, variesJSON{p.Kind, p.Method, p.Origin, p.Path, p.Part, p.One, p.Two})
	}
	for _, u := range r.Unanswered {
		out.Unanswered = append(out.Unanswered, unansweredJSON(u))
	}
	return out
}

func findingsOf(all []audit.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range all {
		out = append(out, findingJSON(f))
	}
	return out
}
