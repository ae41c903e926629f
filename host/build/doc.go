// Package build turns a catalogue and a site's configuration into what core/pack writes: items in order of popularity,
// a forest of topics, rows of neighbours and of topics, search terms, slots, priors and policy. It also writes files so
// that nothing half-written is left behind, and describes them in a manifest.
//
//	cfg, err := build.ReadConfig(file, "nabij.json")
//	src, report, err := build.Source(ctx, items, cfg, build.Options{})
//	data, err := pack.Write(src)
//
// The same items and configuration give the same source, whatever the number of processors.
package build
