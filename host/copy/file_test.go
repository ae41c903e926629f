package copy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// look returns what is found in a file, a line each: place, language, rule, key and the source at the place.
func look(t *testing.T, name, data string, o Options) (*Result, []string) {
	t.Helper()
	r, err := New().File(name, []byte(data), o)
	require.NoError(t, err)
	var all []string
	for _, f := range r.Findings {
		all = append(all, fmt.Sprintf("%d:%d %s %s %s [%s]", f.Line, f.Column, f.Language, f.Rule.ID, f.Key, between(data, f)))
	}
	return r, all
}

// between returns the bytes of a file that a finding points at.
func between(data string, f Finding) string {
	lines := strings.SplitAfter(data, "\n")
	offset := func(line, column int) int {
		n := 0
		for _, l := range lines[:line-1] {
			n += len(l)
		}
		for i := range lines[line-1] + "x" {
			if column--; column == 0 {
				return n + i
			}
		}
		return n + len(lines[line-1])
	}
	return data[offset(f.Line, f.Column):offset(f.EndLine, f.EndColumn)]
}

// TestPlaces shows of each format which texts are read, and that findings point at the bytes of the file.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"en.txt", "Hello.\nWelcome\nBack, Jo\n\nWelcome\n\nback. Café: hurry up\n", []string{"7:13 en hurry  [hurry up]"}},
		{"en.txt", "Welcome\r\nBack, Jo. Welcome&nbsp;back", []string{"2:11 en return  [Welcome&nbsp;back]"}},
		{"en.txt", "welcome\nback, Jo", []string{"1:1 en return  [welcome\nback]"}},
		{"en.md", "---\ntitle: Welcome back\n---\n# Hurry up\n\nWe **missed\nyou** [and](http://x/hurry) `hurry`\n\n```\nhurry\n```\n<!-- hurry -->\n",
			[]string{"2:8 en return  [Welcome back]", "4:3 en hurry  [Hurry up]", "6:6 en missing  [missed\nyou]"}},
		{"x.html", "<html lang=fr><title>Dépêchez-vous</title><img alt='Vus r&eacute;cemment' src=a><p lang=en>Hurry<script>hurry</script><pre>hurry</pre>",
			[]string{"1:22 fr hurry  [Dépêchez-vous]", "1:53 fr seen alt [Vus r&eacute;cemment]", "1:92 en hurry  [Hurry]"}},
		{"x.html", "<html lang=en><p lang=fr>Bonjour<p>Hurry<ul><li lang=fr>Bonjour<ul><li>Bon retour</ul><li>Hurry</ul><table><tr lang=fr><td>Bonjour<tr><td>Hurry",
			[]string{"1:36 en hurry  [Hurry]", "1:72 fr return  [Bon retour]", "1:91 en hurry  [Hurry]", "1:139 en hurry  [Hurry]"}},
		{"en.html", "<html>" + strings.Repeat("<p>Hello", mostOpen) + "<script>hurry up</script>", nil},
		{"en.html", "<p>Welcome <b>back</b></p><p>Welcome<p>back <q>hurry</q> “hurry” <input type=submit value='Hurry up'><input value='Hurry up'>",
			[]string{"1:4 en return  [Welcome <b>back]", "1:92 en hurry value [Hurry up]"}},
		{"en.tmpl", "<p>{{if .X}}We missed you{{else}}Only {{.N}} left{{end}} {{ \"Welcome back\" | t }}</p>{{/* hurry */}}",
			[]string{"1:16 en missing  [missed you]", "1:34 en scarcity  [Only {{.N}} left]", "1:62 en return  [Welcome back]"}},
		{"en.liquid", "{% if a %}Only {{ n }} left{% endif %}{% comment %}x{% endcomment %}", []string{"1:11 en scarcity  [Only {{ n }} left]"}},
		{"en.php", "<p><?php if (1) { ?>Welcome back<?= $name ?></p>", []string{"1:21 en return  [Welcome back]"}},
		{"fr.php", "<?php return ['a' => 'Vus r\\u00e9cemment, d\\'apr\u00e8s vos achats'];", []string{"1:23 fr seen  [Vus r\\u00e9cemment]", "1:43 fr history  [d\\'apr\u00e8s vos achats]"}},
		{"en.vue", "<template><p :title=\"a ? 'Hurry up' : ''\">{{ n }} others are viewing this</p></template><script>const a = 'We missed you'</script>",
			[]string{"1:27 en hurry  [Hurry up]", "1:43 en crowd  [{{ n }} others are viewing]", "1:111 en missing  [missed you]"}},
		{"en.json", "{\"hurry up\": [\"x\", {\"b\": \"Say: \\u0022hi\\u0022. Wel\\u0063ome back\"}], \"@b\": \"Hurry up\"}\n",
			[]string{"1:48 en return hurry up[1].b [Wel\\u0063ome back]"}},
		{"x.arb", "{\"@@locale\": \"de\", \"a\": \"Nur heute\"}", []string{"1:26 de countdown a [Nur heute]"}},
		{"x.json", "{\"en-GB\": {\"a\": \"Hurry\"}, \"de\": {\"a\": [\"Nur heute\"]}, \"@@locale\": 1}", []string{"1:18 en hurry en-GB.a [Hurry]", "1:41 de countdown de.a[0] [Nur heute]"}},
		{"en.json", "{\"n\": \"{n, plural, one {Only one left} other {Only # left}}\"}", []string{"1:25 en scarcity n [Only one left]", "1:47 en scarcity n [Only # left]"}},
		{"x.yml", "nl:\n  a: |\n    Omdat je de lamp\n    bekeek\n  b: 'Wees ''er'' snel bij'\nde: {c: \"Nur\\u0020heute\"}\n",
			[]string{"3:5 nl seen nl.a [Omdat je de lamp\n    bekeek]", "5:7 nl hurry nl.b [Wees ''er'' snel bij]", "6:10 de countdown de.c [Nur\\u0020heute]"}},
		{"x.po", "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\n# hurry\nmsgid \"Hurry\"\nmsgstr \"Nur \"\n\"heute\"\n\nmsgid \"Hurry up\"\nmsgstr \"\"\n",
			[]string{"7:9 de countdown Hurry [Nur \"\n\"heute]", "10:8 en hurry Hurry up [Hurry up]"}},
		{"x.xlf", "<xliff><file source-language='en-US' target-language='fr-FR'><trans-unit id='a'><source>Hurry</source><target>Plus que <x id='1'/> en stock</target></trans-unit><trans-unit id='b'><source>Hurry</source></trans-unit></file></xliff>",
			[]string{"1:111 fr scarcity a [Plus que <x id='1'/> en stock]", "1:189 en hurry b [Hurry]"}},
		{"x.xlf", "<?xml version='1.0' encoding='UTF-16'?><xliff srcLang='en' trgLang='fr'><unit id='a'><match><source>Hurry</source><target>Plus que 2</target></match><segment><source>Hurry</source><target>Bonjour, bon retour</target></segment></unit></xliff>",
			[]string{"1:198 fr return a [bon retour]"}},
		{"values-fr/strings.xml", "<resources><string name=\"a\">On t\\'aime</string><string-array name='b'><item>Vus\n récemment</item></string-array></resources>",
			[]string{"1:29 fr devotion a [On t\\'aime]", "1:77 fr seen b [Vus\n récemment]"}},
		{"m_de.properties", "# Nur heute\na.b = Nur \\\n   heute\nc: N\\u0075r heute", []string{"2:7 de countdown a.b [Nur \\\n   heute]", "4:4 de countdown c [N\\u0075r heute]"}},
		{"de.lproj/Localizable.strings", "/* Nur heute */\n\"k\" = \"Nur \\\"heute\";\n", []string{`2:8 de countdown k [Nur \"heute]`}},
		{"t.csv", "key,en,fr\nhurry,\"Hurry, \"\"up\"\"\",\"Bon\nretour\"\n", []string{"2:8 en hurry en [Hurry]", "2:24 fr return fr [Bon\nretour]"}},
		{"t.tsv", "language\ttext\nit\tHurry\nen\tHurry \"up\n", []string{"3:4 en hurry text [Hurry \"up]"}},
		{"en.ftl", "# hurry\na = Welcome back, { $x }\n    .b = Hurry\nn = { $n ->\n    [one] Only one left\n   *[other] Only { $n } left\n  }\n",
			[]string{"2:5 en return a [Welcome back]", "3:10 en hurry a.b [Hurry]", "5:11 en scarcity n [Only one left]", "6:13 en scarcity n [Only { $n } left]"}},
		{"en.ts", "// hurry up\nexport const a: T = { 'hurry up': 'Hurry up', b: `Only ${n > 1 ? \"welcome back\" : /only 2 left/} left`, c: 'hurry' };",
			[]string{"2:36 en hurry  [Hurry up]", "2:51 en scarcity  [Only ${n > 1 ? \"welcome back\" : /only 2 left/} left]", "2:67 en return  [welcome back]"}},
		{"en.tsx", "const A = <T,>(p: T) => a < b && <div title=\"Recently viewed\" className=\"hurry up\"><p>Only <b>{n}</b> left</p>{x && <i>Hurry</i>}</div>;",
			[]string{"1:46 en seen title [Recently viewed]", "1:87 en scarcity  [Only <b>{n}</b> left]", "1:120 en hurry  [Hurry]"}},
		{"en.go", "package a // hurry up\n\nvar b = \"Welcome \" +\n\t\"back\\x2c\" + `Jo`\n", []string{"3:10 en return  [Welcome \" +\n\t\"back]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, got := look(t, c.name, c.data, Options{})
			require.Empty(t, r.Faults)
			require.Equal(t, c.want, got)
		})
	}
}

func TestFaultsSayWhere(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a.json", "{\n\"a\": 1,}", "a.json:2: not JSON: invalid character '}' looking for beginning of object key string"},
		{"a.json", "", "a.json:1: not JSON: unexpected end of JSON input"},
		{"a.yaml", "a: b\nc: d: e\n", "a.yaml:2: not YAML: mapping values are not allowed in this context"},
		{"a.po", "msgid \"a\"\nmsgstr b\n", `a.po:2: not a line of gettext: want msgid, msgstr or a string in quotation marks, as "text"`},
		{"a.po", "\"a\"\n", "a.po:1: a string that belongs to no msgid or msgstr"},
		{"a.xlf", "<xliff>\n<file></xliff>", "a.xlf:2: not XML: XML syntax error on line 2: element <file> closed by </xliff>"},
		{"a.strings", "\"a\" = \"b\"\n", `a.strings:1: want "key" = "text"; with a semicolon at the end`},
		{"a.ftl", "a = b\nc d\n", "a.ftl:2: want a message of Fluent, as in: key = text"},
		{"a.csv", "text\n\"a\nb", "a.csv:3: not a table: extraneous or missing \" in quoted-field"},
		{"a.go", "package a\nvar b = \"c\n", "a.go:2: not Go: string literal not terminated"},
		{"a.txt", "a\nb\xff", "a.txt:2: byte 0xff is not UTF-8; save the file as UTF-8"},
		{"a.txt", "a\nb\x00", "a.txt:2: it has a zero byte, so it is no text; save it as UTF-8, or leave it out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := New().File(c.name, []byte(c.data), Options{})
			require.NoError(t, err)
			require.Len(t, r.Faults, 1)
			require.Equal(t, c.want, r.Faults[0].Error())
		})
	}
	_, err := New().File("a.png", nil, Options{})
	require.ErrorIs(t, err, ErrUnknownFormat)
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"en.txt", "\xff\xfeH\x00u\x00r\x00r\x00y\x00", "1:1"},
		{"en.txt", "\xfe\xff\x00,\x00 \x00H\x00u\x00r\x00r\x00y", "1:3"},
		{"en.txt", "\xef\xbb\xbfHurry", "1:1"},
		{"fr.properties", "a=D\xe9p\xeachez-vous", "1:3"},
	} {
		r, err := New().File(c.name, []byte(c.data), Options{})
		require.NoError(t, err)
		require.Len(t, r.Findings, 1, c.name)
		assert.Equal(t, c.want, fmt.Sprintf("%d:%d", r.Findings[0].Line, r.Findings[0].Column))
	}
}

func TestLanguages(t *testing.T) {
	for _, c := range []struct{ name, data, told, want string }{
		{"nl.json", `{"a": "x"}`, "", "nl"},
		{"messages.de.po", "", "", "de"},
		{"app_fr_CA.properties", "", "", "fr"},
		{"messages-en-us.yaml", "", "", "en"},
		{"locales/es/shop.yaml", "", "", "es"},
		{"values-fr/strings.xml", "", "", "fr"},
		{"Dutch/a.txt", "", "", "nl"},
		{"de-stijl.md", "The house of the painter is for all to see and it is open", "", "en"},
		{"it.json", "{}", "", "it"},
		{"a.html", "<html lang='de-AT'>", "", "de"},
		{"fr.html", "<html lang='de-AT'>", "", "de"},
		{"a.txt", "x", "fr", "fr"},
		{"a.txt", "Wij bezorgen het bij u thuis, en dat is voor alle bestellingen gratis", "", "nl"},
		{"a.txt", "Wir liefern nach Hause, und das ist für alle Bestellungen kostenlos", "", "de"},
		{"a.txt", "Nous livrons chez vous, et la livraison est gratuite pour toutes les commandes", "", "fr"},
		{"a.txt", "Entregamos en tu casa, y el envío es gratis para todos los pedidos con el código", "", "es"},
		{"a.txt", "Lamps", "", "all"},
	} {
		x := &extraction{name: c.name, data: c.data}
		require.NoError(t, formatOf(c.name)(x), c.name)
		got := New().languages(x, c.told, &Result{})
		want := []string{c.want}
		switch c.want {
		case "all":
			want = Languages
		case "it":
			want = nil
		}
		assert.Equal(t, want, got, "%s %s", c.name, c.data)
	}
}

func TestAllowances(t *testing.T) {
	const data = "Hurry up\n\n# nabij-lint: allow hurry our name\nHurry up\n\nHurry up // nabij-lint: allow hurry our name --> \n\nHurry up\n"
	o := Options{Language: "en", Allowances: []*Allowance{{Rule: "hurry", Reason: "x", Files: "b/**"}, {Rule: "hurry", Reason: "x", Text: "Hurry down"}}}
	r, _ := look(t, "a/a.txt", data, o)
	require.Len(t, r.Findings, 2)
	require.Equal(t, 2, r.Allowed)
	require.Zero(t, o.Allowances[0].Used+o.Allowances[1].Used)
	r, _ = look(t, "b/a.txt", data, o)
	require.Empty(t, r.Findings)
	require.Equal(t, 4, o.Allowances[0].Used)
	r, _ = look(t, "a.txt", "Order when you like <!-- nabij-lint: allow hurry our name -->\n", Options{})
	require.Equal(t, []Unused{{File: "a.txt", Line: 1, Rule: "hurry"}}, r.Unused)
	for text, want := range map[string]string{
		"# nabij-lint: allow\n":               `a.txt:1: nabij-lint: allow: no rule is named; nabij lint --rules lists them`,
		"<!-- nabij-lint: allow -->\n":        `a.txt:1: nabij-lint: allow: no rule is named; nabij lint --rules lists them`,
		"{{/* nabij-lint: allow hurry */}}\n": "a.txt:1: nabij-lint: allow: rule hurry is allowed without a reason; write down why the text may stay",
		"<%# nabij-lint: allow hurry %>\r\n":  "a.txt:1: nabij-lint: allow: rule hurry is allowed without a reason; write down why the text may stay",
		"# nabij-lint: allow hurry -->\n":     "a.txt:1: nabij-lint: allow: rule hurry is allowed without a reason; write down why the text may stay",
		"# nabij-lint: allow hury our name\n": `a.txt:1: nabij-lint: allow: there is no rule "hury"; nabij lint --rules lists them`,
	} {
		r, _ = look(t, "a.txt", text, Options{})
		require.Len(t, r.Faults, 1, text)
		require.EqualError(t, r.Faults[0], want)
	}
	r, _ = look(t, "a.txt", "it says nabij-lint: allow: and goes on\n", Options{})
	require.Empty(t, r.Faults)
	for _, a := range []Allowance{{Rule: "hurry"}, {Rule: "hurry", Reason: " "}, {Rule: "hury", Reason: "x"}, {Rule: "hurry", Reason: "x", Files: "["}} {
		require.Error(t, a.Check())
	}
}

func TestFilesOfAnAllowance(t *testing.T) {
	for _, c := range []struct {
		files, name string
		want        bool
	}{
		{"", "a/b.txt", true},
		{"*.txt", "b.txt", true},
		{"*.txt", "./b.txt", true},
		{"*.txt", "a/b.txt", false},
		{"a/*.txt", "a/b.txt", true},
		{"a/**", "a/b.txt", true},
		{"a/**", "a/b/c.txt", true},
		{"a/**", "ab/c.txt", false},
		{"*/b/**", "a/b/c/d.txt", true},
		{"**/nl.json", "nl.json", true},
		{"**/nl.json", "a/b/nl.json", true},
		{"**/nl.json", "a/b/nl.json/c", false},
		{"a/**/*.txt", "a/b/c/d.txt", true},
		{"a/**/*.txt", "a/b.txt", true},
		{"**", "a/b.txt", true},
	} {
		a := Allowance{Rule: "hurry", Reason: "our name", Files: c.files}
		require.NoError(t, a.Check())
		require.Equal(t, c.want, a.fits(&Finding{Rule: RuleOf("hurry"), File: c.name}), "%s of %s", c.files, c.name)
	}
}

// TestForeign: a text in a language without rules is not looked at, and is told.
func TestForeign(t *testing.T) {
	for _, c := range []struct {
		name, data     string
		texts, foreign int
	}{
		{"it.json", `{"a": "Hurry up", "b": "Hurry"}`, 0, 2},
		{"a.html", "<html lang=en><p>Hurry<p lang=pt-BR>Hurry", 1, 1},
		{"t.csv", "lang,text\nsv,Hurry\nen,Hurry\n", 1, 1},
		{"uk/a.txt", "The lamp that you have is on our list, and we will be with you at once. Hurry", 1, 0},
	} {
		r, got := look(t, c.name, c.data, Options{})
		assert.Equal(t, c.texts, r.Texts, c.name)
		assert.Equal(t, c.foreign, r.Foreign, c.name)
		assert.Len(t, got, c.texts, c.name)
	}
}

func TestClasses(t *testing.T) {
	_, got := look(t, "en.txt", "We missed you, hurry", Options{Classes: []Class{Pressure}})
	require.Equal(t, []string{"1:16 en hurry  [hurry]"}, got)
}

// FuzzFile shows that no file brings the linter down, and that every place is in the file.
func FuzzFile(f *testing.F) {
	names := []string{"en.txt", "en.md", "en.html", "en.vue", "en.liquid", "en.json", "en.yaml", "en.po", "en.xlf", "values/strings.xml", "en.properties", "en.strings",
		"en.csv", "en.tsv", "en.ftl", "en.tsx", "en.go"}
	for i := range names {
		f.Add(uint8(i), "Welcome back, {{ \"hurry up\" }} <b title='Only 2 left'>“hurry” {a, plural, one {# left}}")
		f.Add(uint8(i), "{\"@@locale\": 5, \"en\": {\"a''b\": \"hurry up\"}}<p lang=nl><li>hurry<p>msgid \"a''b\"")
		f.Add(uint8(i), "a: \"Hur\\u0072y\\n\"\nb = { <p>{`${'hurry up'}`}\n<!-- nabij-lint: allow hurry x -->")
		f.Add(uint8(i), "{\"a\": [\"hurry \\ud83d\\ude00 up\"]}\r\nmsgid \"\"\nmsgstr \"we missed you\"\n")
	}
	l := New()
	f.Fuzz(func(t *testing.T, kind uint8, data string) {
		name := names[int(kind)%len(names)]
		r, err := l.File(name, []byte(data), Options{})
		require.NoError(t, err)
		lines := strings.Split(data, "\n")
		for _, found := range r.Findings {
			require.LessOrEqual(t, found.EndLine, len(lines)+1)
			require.GreaterOrEqual(t, found.Line, 1)
			require.False(t, found.EndLine < found.Line || found.EndLine == found.Line && found.EndColumn <= found.Column, "%+v", found)
			require.True(t, 0 <= found.Start && found.Start < found.End && found.End <= len(found.Text), "%+v", found)
		}
		require.True(t, slices.IsSortedFunc(r.Findings, func(a, b Finding) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		}))
	})
}
