package learn

import (
	"regexp"
	"strings"

	"github.com/nabij/nabij/core/pack"
)

// agent is what a browser's User-Agent tells.
type agent struct {
	bot    bool
	device pack.Class
}

// agents remembers what User-Agents tell: a log has few that differ.
type agents map[string]agent

// mostAgents is how many are remembered at once.
const mostAgents = 1 << 16

// of returns what a User-Agent tells. It may be part of a line.
func (a agents) of(text string) agent {
	found, ok := a[text]
	if !ok {
		found = agentOf(text)
		if len(a) >= mostAgents {
			clear(a)
		}
		a[strings.Clone(text)] = found
	}
	return found
}

// Words in the User-Agents of machines that say that they are: "bot" has most of them, but for a maker of phones called Cubot.
var (
	botWords = regexp.MustCompile(`(?i)bot\b|bot[^a-z]|crawl|spider|slurp|headless|lighthouse|scrapy|curl/|wget|python|^java/|go-http|libwww|` +
		`httpclient|node-fetch|axios|phantomjs|facebookexternalhit|feedfetcher|archiver|monitor|uptime|pingdom|validator|preview|scanner`)
	phoneMaker = regexp.MustCompile(`(?i)cubot`)
)

func agentOf(text string) agent {
	if botWords.MatchString(phoneMaker.ReplaceAllString(text, "")) {
		return agent{bot: true}
	}
	has := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(text, word) {
				return true
			}
		}
		return false
	}
	switch {
	case has("iPad", "Tablet", "Kindle", "Silk/") || has("Android") && !has("Mobile"):
		return agent{device: pack.Tablet}
	case has("iPhone", "iPod", "Mobile", "Opera Mini", "Windows Phone"):
		return agent{device: pack.Phone}
	case has("Windows NT", "Macintosh", "X11", "CrOS", "Linux"):
		return agent{device: pack.Desktop}
	}
	return agent{}
}
