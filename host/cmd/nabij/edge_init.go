package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nabij/nabij/core/pack"
	"github.com/nabij/nabij/host/build"
	"github.com/nabij/nabij/host/edge/deploy"
	classes "github.com/nabij/nabij/host/edge/moment"
	"github.com/nabij/nabij/wasm/edge/worker"
	"github.com/nabij/nabij/web"
)

type edgeInitFlags struct {
	pack, config, origin, assets, name, base, kv, r2 string
	classes                                          []string
	noApp                                            bool
}

func newEdgeInit() *cobra.Command {
	var f edgeInitFlags
	cmd := &cobra.Command{
		Use:   "init DIR --pack DIST",
		Short: "Write a Worker that can be deployed, or bring it up to date",
		Long: `Init writes into DIR what "wrangler deploy" deploys: edge.json, which says what the
Worker does, wrangler.jsonc, a README, and in the folder worker the Worker itself, with
the pack that DIST, a folder made by "nabij build", has. What answers /_nabij/ is a
Worker of its own, in the folder answers, and is compiled by the go command, which must
be at hand.

Where there is a Worker in DIR, its edge.json, wrangler.jsonc and README stay as they
are, and the folders worker are made anew of them: do that after each build of the
pack. Flags but --pack and --no-app are for the first time.`,
		Example: `  nabij edge init edge --pack dist
  nabij edge init edge --pack dist --assets public
  nabij edge init edge --pack dist --origin https://origin.shop.example --classes moment,device,referrer
  nabij edge init edge --pack dist --config nabij.json --classes moment,region`,
		Args: arguments(1, 1, "the folder to write to"),
		RunE: func(cmd *cobra.Command, args []string) error { return runEdgeInit(cmd, args[0], f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.pack, "pack", "", "a folder made by nabij build, or a pack")
	fl.StringVar(&f.config, "config", "", "the site's configuration, for its regions")
	fl.StringVar(&f.origin, "origin", "", "the address of the site's own server (default where requests went before)")
	fl.StringVar(&f.assets, "assets", "", "a folder of built pages that the Worker is to serve itself")
	fl.StringVar(&f.name, "name", "", "the Worker's name (default nabij-edge)")
	fl.StringVar(&f.base, "base", "", "the address of the folder with nabij.js (default /nabij/)")
	fl.StringSliceVar(&f.classes, "classes", nil, "what of a request counts: moment, device, region, referrer, language (default moment,device)")
	fl.StringVar(&f.kv, "kv", "", "read the pack from this key of Workers KV")
	fl.StringVar(&f.r2, "r2", "", "read the pack from this key of R2")
	fl.BoolVar(&f.noApp, "no-app", false, "leave out what answers /_nabij/, which takes the go command and a second Worker")
	return cmd
}

// firstTime are the flags that say what stands in files for people to edit.
var firstTime = []string{"config", "origin", "assets", "name", "base", "classes", "kv", "r2"}

func runEdgeInit(cmd *cobra.Command, dir string, f edgeInitFlags) error {
	if err := required("pack", f.pack, "a folder made by nabij build"); err != nil {
		return err
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; want a folder", dir)
	}
	o := deploy.Options{Name: f.name}
	var err error
	if o.Pack, _, err = checkedPack(f.pack, ""); err != nil {
		return err
	}
	if o.Pins, err = pinsOf(f.pack, o.Pack); err != nil {
		return err
	}
	edge := filepath.Join(dir, deploy.ConfigName)
	switch text, err := os.ReadFile(edge); {
	case err == nil:
		for _, name := range firstTime {
			if cmd.Flags().Changed(name) {
				return usagef("--%s: %s is there already, and says it: edit that", name, edge)
			}
		}
		if o.Config, err = deploy.ReadConfig(bytes.NewReader(text), edge); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrNotExist):
		if err := f.configure(dir, &o); err != nil {
			return err
		}
	default:
		return err
	}
	if !f.noApp {
		bar := progressOf(cmd.ErrOrStderr())
		bar.show("compiling what answers /_nabij/", 0, 0)
		o.App, err = deploy.Compile(cmd.Context())
		bar.end()
		if err != nil {
			if errors.Is(err, deploy.ErrNoSource) {
				err = fmt.Errorf("%w, or leave out what answers /_nabij/ with --no-app", err)
			}
			return err
		}
	}
	files, err := deploy.Files(o)
	if err != nil {
		return err
	}
	kept, err := writeEdge(cmd.Context(), dir, files, o.App == nil)
	if err != nil {
		return err
	}
	return tellEdge(cmd.OutOrStdout(), dir, o, files, kept)
}

// configure makes a configuration of flags.
func (f *edgeInitFlags) configure(dir string, o *deploy.Options) error {
	c := &o.Config
	c.Classes, c.Base, c.Origin = f.classes, f.base, f.origin
	if f.config != "" {
		site, err := readConfig(f.config)
		if err != nil {
			return err
		}
		c.Regions = site.Regions
	}
	if slices.Contains(f.classes, classes.Region) && len(c.Regions) == 0 {
		return usagef("--classes: region counts, but there are no regions: --config names the site's configuration, which has them")
	}
	if f.kv != "" && f.r2 != "" {
		return usagef("--kv and --r2: want one of them")
	}
	if f.kv != "" || f.r2 != "" {
		c.Pack = &deploy.Store{KV: f.kv, R2: f.r2}
	}
	if f.assets != "" {
		if f.origin != "" {
			return usagef("--origin and --assets: want one of them")
		}
		info, err := os.Stat(f.assets)
		if err != nil {
			return fmt.Errorf("--assets: %w", err)
		}
		if !info.IsDir() {
			return fmt.Errorf("--assets: %s is a file; want a folder of pages", f.assets)
		}
		from, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		to, err := filepath.Abs(f.assets)
		if err != nil {
			return err
		}
		if o.Assets, err = filepath.Rel(from, to); err != nil {
			return fmt.Errorf("--assets: %w", err)
		}
		o.Assets = filepath.ToSlash(o.Assets)
	}
	// What would be refused when it is read again is refused now, by the flag.
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if _, err := deploy.ReadConfig(bytes.NewReader(text), deploy.ConfigName); err != nil {
		return usagef("of these flags: %w", err)
	}
	return nil
}

// pinsOf returns what the script of a built folder fetches, or nil where the pack is no such folder's.
func pinsOf(dir string, data []byte) (*web.Pins, error) {
	name := filepath.Join(dir, build.WebFolder, build.PinsName)
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil
	}
	var pins web.Pins
	if err := json.Unmarshal(text, &pins); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if want := web.PinOf(".pack", data); pins.Pack != want {
		return nil, fmt.Errorf("%s names another pack than the folder's: %s, not %s; build anew", name, pins.Pack.File, want.File)
	}
	return &pins, nil
}

// writeEdge writes the files that are not there for people to edit, and returns the names of those that are. What answers /_nabij/ goes
// where it is left out, but for its wrangler.jsonc.
func writeEdge(ctx context.Context, dir string, files []deploy.File, noApp bool) (kept []string, err error) {
	in := map[string][]deploy.File{}
	for _, f := range files {
		in[path.Dir(f.Name)] = append(in[path.Dir(f.Name)], f)
	}
	answers := path.Join(deploy.AnswersFolder, deploy.WorkerFolder)
	for _, folder := range []string{answers, deploy.AnswersFolder, deploy.WorkerFolder, "."} {
		if in[folder] == nil {
			continue
		}
		s, err := build.Stage(filepath.Join(dir, folder))
		if err != nil {
			return nil, err
		}
		defer s.Discard()
		for _, f := range in[folder] {
			if _, err := os.Stat(filepath.Join(dir, f.Name)); err == nil && f.Once {
				kept = append(kept, f.Name)
				continue
			}
			if err := s.Write(ctx, path.Base(f.Name), func(w io.Writer) error {
				_, err := w.Write(f.Content)
				return err
			}); err != nil {
				return nil, err
			}
		}
		if err := s.Commit(ctx); err != nil {
			return nil, err
		}
	}
	if noApp {
		for _, name := range []string{worker.AnswersName, worker.ModuleName, worker.PackName, worker.GoName, worker.AppName} {
			if err := os.Remove(filepath.Join(dir, answers, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	}
	return kept, nil
}

func tellEdge(w io.Writer, dir string, o deploy.Options, files []deploy.File, kept []string) error {
	p, err := pack.Open(o.Pack)
	if err != nil {
		return err
	}
	counting := o.Config.Config
	for l := range p.Languages() {
		counting.Languages = append(counting.Languages, string(p.LanguageName(l)))
	}
	var names []string
	for _, d := range []string{classes.Moment, classes.Device, classes.Region, classes.Referrer, classes.Language} {
		if counting.Counts(d) {
			names = append(names, d)
		}
	}
	from := ""
	switch {
	case o.Config.Origin != "":
		from = o.Config.Origin
	case o.Assets != "":
		from = "the static assets in " + o.Assets
	case !slices.Contains(kept, deploy.WranglerName):
		from = "where requests went before"
	}
	made := map[string][]string{}
	for _, f := range files {
		if folder, name := path.Split(f.Name); !f.Once {
			made[folder] = append(made[folder], fmt.Sprintf("%s %s", name, size(len(f.Content))))
		}
	}
	fmt.Fprintf(w, "pack      %s, %s\n", counted(int(p.Items()), "item"), counted(int(p.Slots()), "slot"))
	fmt.Fprintf(w, "variants  at most %d of a page: %s\n", counting.Variants(), strings.Join(names, ", "))
	if from != "" {
		fmt.Fprintf(w, "pages     from %s\n", from)
	}
	fmt.Fprintf(w, "%-8s  %s\n", deploy.WorkerFolder, strings.Join(made[deploy.WorkerFolder+"/"], ", "))
	first := ""
	if o.App != nil {
		fmt.Fprintf(w, "%-8s  %s\n", deploy.AnswersFolder, strings.Join(made[deploy.AnswersFolder+"/"+deploy.WorkerFolder+"/"], ", "))
		first = fmt.Sprintf("npx wrangler deploy --config %s/%s && ", deploy.AnswersFolder, deploy.WranglerName)
	}
	if len(kept) > 0 {
		fmt.Fprintf(w, "kept      %s\n", strings.Join(kept, ", "))
	}
	if err := tellBinding(w, dir, o); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\nWrote %[1]s. Try it before the server that you develop with, then deploy it:\n"+
		"  nabij edge dev %[1]s --origin http://127.0.0.1:3000\n  cd %[1]s && %[2]snpx wrangler deploy\n", dir, first)
	return err
}

// tellBinding says where a wrangler.jsonc that was there before is not right for what answers /_nabij/, or for leaving that out.
func tellBinding(w io.Writer, dir string, o deploy.Options) error {
	name := filepath.Join(dir, deploy.WranglerName)
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	switch bound := bytes.Contains(text, []byte(worker.AnswersBinding)); {
	case o.App != nil && !bound:
		fmt.Fprintf(w, "to do     %s reaches nothing that answers /_nabij/: put into it\n            %s\n", name, o.Services())
	case o.App == nil && bound:
		fmt.Fprintf(w, "to do     %s names what answers /_nabij/, which is left out: take %s out of it\n", name, worker.AnswersBinding)
	}
	return nil
}
