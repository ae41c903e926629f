package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/nabij/nabij/host/build"
)

// sensitiveWords says by what items and topics of a build are sensitive, a line each of what is and of what is taken out.
func sensitiveWords(s *build.Sensitivity) []string {
	var parts []string
	add := func(by string, n build.SensitiveCount) {
		words := ""
		if n.Items > 0 {
			words = counted(n.Items, "item")
		}
		if n.Topics > 0 {
			words = strings.TrimPrefix(words+" and "+counted(n.Topics, "topic"), " and ")
		}
		if words != "" {
			parts = append(parts, by+" "+words)
		}
	}
	for _, c := range s.Categories {
		add(string(c.Category), c.SensitiveCount)
	}
	add("by the configuration", s.Site.SensitiveCount)
	add("by the feed", s.Feed)
	if len(parts) == 0 {
		parts = []string{"nothing, by the default lists, the configuration or the feed"}
	}
	lines := []string{strings.Join(parts, ", ")}
	if n := len(s.Exceptions); n > 0 {
		out := build.SensitiveCount{}
		for _, x := range s.Exceptions {
			out.Items += x.Items
			out.Topics += x.Topics
		}
		lines = append(lines, fmt.Sprintf("%s, published with the reason: %s and %s taken out",
			counted(n, "exception"), counted(out.Items, "item"), counted(out.Topics, "topic")))
	}
	return lines
}

// listSensitive prints what a built folder counts as sensitive, and why.
func listSensitive(w io.Writer, dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("%w; want a folder made by nabij build", err)
	}
	f, err := os.Open(filepath.Join(dir, build.SensitiveName))
	if errors.Is(err, fs.ErrNotExist) || err != nil && !isFolder(dir) {
		return fmt.Errorf("--sensitive: %s has no %s; want a folder made by nabij build; build again if it is an older one", dir, build.SensitiveName)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	marks, err := build.ReadMarks(f)
	if err != nil {
		return fmt.Errorf("%s: %w; build again", f.Name(), err)
	}
	if len(marks.Topics)+len(marks.Items) == 0 {
		_, err := fmt.Fprintln(w, "Nothing is sensitive.")
		return err
	}
	t := table{columns: []column{{title: ""}, {title: "sensitive because", shrinks: true}, {title: "id", shrinks: true}, {title: "name", shrinks: true}}}
	for _, m := range marks.Topics {
		t.add("topic", m.Why(), "", m.Name)
	}
	for _, m := range marks.Items {
		t.add("item", m.Why(), m.ID, m.Name)
	}
	return t.write(w, "", widthOf(w), styleOf(w))
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
