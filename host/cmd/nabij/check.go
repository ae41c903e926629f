package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core"
	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/wasm/abi"
)

func newCheck() *cobra.Command {
	var list bool
	cmd := &cobra.Command{
		Use:   "check PACK|DIR",
		Short: "Check that a pack, or a build, is whole",
		Long: `Check opens a pack in the module and prints what it holds and what its policy
allows. Of a built folder it also compares every file with the manifest, and opens
the pack in the folder's own module. What is refused is said with the reason, and
the exit code is then 1. With --sensitive it lists the topics and items that count
as sensitive, each with what says so.`,
		Example: `  nabij check dist
  nabij check dist/nabij.pack
  nabij check dist --sensitive`,
		Args: arguments(1, 1, "one: a pack, or a folder made by nabij build"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return listSensitive(cmd.OutOrStdout(), args[0])
			}
			return check(cmd, args[0])
		},
	}
	cmd.Flags().BoolVar(&list, "sensitive", false, "list what is sensitive, and why, instead")
	return cmd
}

func check(cmd *cobra.Command, path string) error {
	ctx := cmd.Context()
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%w; want a pack, or a folder made by nabij build", err)
	}
	module := host.Module()
	var verified []string
	if info.IsDir() {
		if verified, err = verify(path); err != nil {
			return fmt.Errorf("refused: %w", err)
		}
		if module, err = os.ReadFile(filepath.Join(path, moduleName)); err != nil {
			return fmt.Errorf("refused: %w", err)
		}
	}
	data, err := readPack(path)
	if err != nil {
		return fmt.Errorf("refused: %w", err)
	}
	e, err := host.Open(ctx, data, host.Instances(1), host.WithModule(module))
	if err != nil {
		return fmt.Errorf("refused: %s: %w", path, err)
	}
	defer e.Close(ctx)
	if err := tryOut(ctx, e); err != nil {
		return fmt.Errorf("refused: %s: %w", path, err)
	}
	return tellPack(cmd.OutOrStdout(), e, verified)
}

// verify compares a built folder with its manifest and returns the names of its files.
func verify(dir string) ([]string, error) {
	name := filepath.Join(dir, build.ManifestName)
	m, err := readManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; want a folder made by nabij build", err)
	}
	if err != nil {
		return nil, err
	}
	if m.PackFormat != packFormat || m.ABI != abi.Version {
		return nil, fmt.Errorf("%s: made for pack format %d and contract %d, this command knows %d and %d; build again",
			name, m.PackFormat, m.ABI, packFormat, abi.Version)
	}
	var names []string
	for _, file := range m.Files {
		names = append(names, file.Name)
	}
	for _, want := range []string{packName, moduleName} {
		if !isOneOf(want, names) {
			return nil, fmt.Errorf("%s: does not name %s; build again", name, want)
		}
	}
	if n := len(m.Web); n > 0 {
		names = append(names, fmt.Sprintf("%d files in %s", n, build.WebFolder))
	}
	if err := m.Verify(os.DirFS(dir)); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return names, nil
}

// readManifest reads the manifest of a built folder.
func readManifest(dir string) (build.Manifest, error) {
	f, err := os.Open(filepath.Join(dir, build.ManifestName))
	if err != nil {
		return build.Manifest{}, err
	}
	defer f.Close()
	m, err := build.ReadManifest(f)
	if err != nil {
		return m, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return m, nil
}

// tryOut asks every slot of the home page for suggestions.
func tryOut(ctx context.Context, e *host.Engine) error {
	for slot := range e.Pack().Slots() {
		r := core.Request{Slot: slot, Layer: 1, Item: pack.NoItem, Topic: pack.NoTopic}
		if _, err := e.NewSession().Suggest(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func tellPack(w io.Writer, e *host.Engine, verified []string) error {
	st, p := styleOf(w), e.Pack()
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s  %s\n", st.faint(fmt.Sprintf("%-9s", label)), fmt.Sprintf(format, args...))
	}
	if site := string(p.Site()); site != "" {
		line("site", "%s", printable(site))
	}
	line("pack", "format %d, id %016x, %s", packFormat, p.ID(), size(len(p.Bytes())))
	line("module", "contract %d, imports nothing", abi.Version)
	if verified != nil {
		line("manifest", "sha256 as built: %s", strings.Join(verified, ", "))
	}
	line("items", "%s", kindWords(p))
	line("topics", "%s", topicCount(p))
	for k, words := range facetWords(e) {
		line([]string{"facets", ""}[min(k, 1)], "%s", words)
	}
	line("languages", "%s", languageNames(p))
	policy := p.Policy()
	line("policy", "layer %d at most; at layer 2 at most %d lists a page and %d bits a visit, from page %d on",
		policy.MaxLayer, policy.Faces, policy.Bits, int(policy.FirstPages)+1)
	line("", "signals count after %g s and on the next page, half after %s", float64(policy.SettleMs)/1000, halfLife(policy.HalfLifeMs))
	line("", "declared: %s", strings.Join(declared(policy), ", "))
	t := table{columns: []column{{title: "slot"}, {title: "size", right: true}, {title: "layer", right: true},
		{title: "topics at least", right: true}, {title: "repeats"}, {title: "kinds", shrinks: true}}}
	for s := range p.Slots() {
		slot := p.Slot(s)
		repeats := ""
		if slot.Repeats {
			repeats = "welcome"
		}
		t.add(string(p.SlotName(s)), fmt.Sprint(slot.Size), fmt.Sprint(slot.Layer), fmt.Sprint(slot.MinTopics), repeats, slotKinds(slot.Kinds))
	}
	fmt.Fprintln(w)
	if err := t.write(w, "", widthOf(w), st); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", st.green("Fine."))
	return err
}

func kindWords(p *pack.Pack) string {
	var kinds [pack.KindCount]int
	sensitive := 0
	for item := range p.Items() {
		kinds[p.Kind(item)]++
		if p.Sensitive(item) {
			sensitive++
		}
	}
	return itemsWords(&build.Report{Items: int(p.Items()), Kinds: kinds, Sensitive: sensitive})
}

func topicCount(p *pack.Pack) string {
	sensitive := 0
	for t := range p.Topics() {
		if p.TopicSensitive(t) {
			sensitive++
		}
	}
	words := grouped(int(p.Topics()))
	if sensitive > 0 {
		words += "; " + grouped(sensitive) + " sensitive"
	}
	return words
}

func declared(policy *pack.Policy) []string {
	var names []string
	for k := core.View; k < core.SignalCount; k++ {
		if policy.Signals>>k&1 != 0 {
			names = append(names, k.String())
		}
	}
	if len(names) == 0 {
		return []string{"none"}
	}
	return names
}

func halfLife(ms uint32) string {
	if ms == 0 {
		return "no time: they do not age"
	}
	return fmt.Sprintf("%g min", float64(ms)/60_000)
}

func slotKinds(kinds pack.Kinds) string {
	if kinds == pack.AllKinds {
		return "all"
	}
	var names []string
	for k := range pack.Kind(pack.KindCount) {
		if kinds.Has(k) {
			names = append(names, k.String())
		}
	}
	return strings.Join(names, ", ")
}
