package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	tone "github.com/nabij/nabij/host/copy"
)

// longestKey is how wide what a file calls a text may be: gettext calls it by the whole message.
const longestKey = 60

// tellLint prints findings for a person, by file.
func tellLint(w io.Writer, r *lintReport) error {
	st, width := styleOf(w), widthOf(w)
	before := ""
	var perClass [len(toneClasses)]int
	files := 0
	for _, f := range r.findings {
		if f.File != before {
			fmt.Fprintf(w, "%s\n", st.cyan(printable(f.File)))
			before = f.File
			files++
		}
		perClass[f.Rule.Class]++
		key := ""
		if f.Key != "" {
			key = "  " + shorten(printable(f.Key), longestKey)
		}
		fmt.Fprintf(w, "  %d:%d  %s  %s%s\n", f.Line, f.Column, st.bold(f.Rule.Class.String()), f.Rule.ID, st.faint(key))
		tellMarked(w, st, width, &f)
		folded(w, width, "why      ", f.Rule.Why)
		folded(w, width, "instead  ", f.Instead)
		fmt.Fprintln(w)
	}
	if len(r.findings) == 0 {
		if len(r.faults) > 0 {
			return nil
		}
		_, err := fmt.Fprintf(w, "%s\n", st.green(fmt.Sprintf("Nothing out of tone in %s of %s%s.", counted(r.texts, "text"), counted(r.files, "file"), allowedWords(r))))
		return err
	}
	var parts []string
	for class, n := range perClass {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s of %s", grouped(n), tone.Class(class)))
		}
	}
	_, err := fmt.Fprintf(w, "%s in %s (%s looked at, in %s%s): %s\n", st.bold(counted(len(r.findings), "finding")), counted(files, "file"),
		counted(r.texts, "text"), counted(r.files, "file"), allowedWords(r), strings.Join(parts, ", "))
	return err
}

var toneClasses = [...]tone.Class{tone.Recognition, tone.Pressure, tone.Intimacy}

func allowedWords(r *lintReport) string {
	if r.allowed == 0 {
		return ""
	}
	return "; " + counted(r.allowed, "finding") + " allowed"
}

// tellMarked prints the text with the finding marked below it.
func tellMarked(w io.Writer, st style, width int, f *tone.Finding) {
	const indent = "      "
	before, middle, after := printable(f.Text[:f.Start]), printable(f.Text[f.Start:f.End]), printable(f.Text[f.End:])
	room := max(width-len(indent), 20)
	// What is found must show: before it as much as leaves it room.
	if most := max(room-uniseg.StringWidth(middle)-8, 8); uniseg.StringWidth(before) > most {
		g := []rune(before)
		for uniseg.StringWidth(string(g)) > most-1 {
			g = g[1:]
		}
		before = "…" + string(g)
	}
	line := shorten(before+middle+after, room)
	fmt.Fprintf(w, "%s%s\n", indent, line)
	marks := min(uniseg.StringWidth(middle), max(room-uniseg.StringWidth(before), 1))
	fmt.Fprintf(w, "%s%s%s\n", indent, strings.Repeat(" ", uniseg.StringWidth(before)), st.yellow(strings.Repeat("~", marks)))
}

// folded prints a text after a label, in lines that fit.
func folded(w io.Writer, width int, label, text string) {
	const indent = "      "
	room := max(width-len(indent)-len(label), 30)
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && uniseg.StringWidth(line)+1+uniseg.StringWidth(word) > room {
			fmt.Fprintf(w, "%s%s%s\n", indent, label, line)
			label, line = strings.Repeat(" ", len(label)), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	fmt.Fprintf(w, "%s%s%s\n", indent, label, line)
}

// mostNamed is how many files a note names.
const mostNamed = 5

// tellFaults prints what could not be read, and what is to be tidied up, on standard error.
func tellFaults(w io.Writer, r *lintReport) {
	st := styleOf(w)
	for _, fault := range r.faults {
		fmt.Fprintf(w, "%s %s\n", st.yellow("could not:"), printable(fault.Error()))
	}
	for _, u := range r.unused {
		fmt.Fprintf(w, "%s %s\n", st.yellow("unused:"), printable(u))
	}
	if len(r.inAllLanguages) > 0 {
		fmt.Fprintf(w, "%s no language known, so checked in all five: %s; name it with --language\n", st.yellow("note:"), someOf(r.inAllLanguages))
	}
	if len(r.withForeign) > 0 {
		fmt.Fprintf(w, "%s %s not checked, in languages that there are no rules for: %s\n", st.yellow("note:"), counted(r.foreign, "text"), someOf(r.withForeign))
	}
}

// someOf names the first of some files, and how many there are beside.
func someOf(names []string) string {
	more := ""
	if n := len(names) - mostNamed; n > 0 {
		names, more = names[:mostNamed], fmt.Sprintf(" and %d more", n)
	}
	return printable(strings.Join(names, ", ")) + more
}

// tellRules prints the rules.
func tellRules(w io.Writer) error {
	st, width := styleOf(w), widthOf(w)
	class := tone.Class(255)
	for _, r := range tone.Rules() {
		if r.Class != class {
			if class != 255 {
				fmt.Fprintln(w)
			}
			class = r.Class
			fmt.Fprintf(w, "%s\n", st.bold(class.String()))
		}
		fmt.Fprintf(w, "  %s  %s\n", st.cyan(fmt.Sprintf("%-11s", r.ID)), r.Title)
		folded(w, width, "         ", r.Why)
	}
	_, err := fmt.Fprintf(w, "\nEach in %s.\n", strings.Join(tone.Languages, ", "))
	return err
}
