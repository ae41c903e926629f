package deploy

import (
	_ "embed"
	"strings"
)

//go:embed readme.md
var readmeText string

// readme returns README.md of a folder. site is the site's host, or empty.
func readme(site string) []byte {
	if site == "" {
		site = "shop.example"
	}
	return []byte(strings.ReplaceAll(readmeText, "SITE", site))
}
