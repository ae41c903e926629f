// Package learn turns the visits or orders that a shop already has into rows of neighbours that are safe to publish: of crowds, never of
// one visit.
//
//	visits, report, err := learn.Read(ctx, []string{"visits.csv"}, learn.ReadOptions{})
//	learned, err := learn.Learn(ctx, visits, learn.DefaultParams(), learn.Options{})
//	err = learned.Write(file)
//
// Read makes sessions of events. Learn counts what was met together, keeps the pairs that enough distinct sessions have, solves a
// linear model of what is left, and adds the two. What it returns depends on visits and parameters alone, but for the noise that
// Privacy asks for.
//
// How it is done, a file for each step:
//
//  1. read.go recognises a log (format.go) and reads it into events (event.go): rows (table.go), objects (objects.go), columns (parquet.go)
//     or lines (lines.go). What rows and flat objects mean a layout says (layout.go); each origin has a file: ga4.go, matomo.go, snowplow.go,
//     shopify.go, woocommerce.go, accesslog.go, and generic.go for all else. clock.go reads times, lookup.go finds items in a catalogue.
//  2. sessionise.go: events become sessions, each in the context of its first (signs.go, agent.go, region.go), those of logs in no order once
//     they are sorted (shuffled.go); those of machines are left out, and counted (report.go).
//  3. pairs.go: what sessions say of an item and those met with it; aggregate.go: item by item, side by side.
//  4. release.go: what of that enough sessions have.
//  5. linear.go: SLIST, solved for the rows that are wanted.
//  6. learn.go: the two are scaled, added and cut to the best.
//  7. learned.go: the file that a build takes.
//
// With a budget of Privacy, private.go takes the place of 3 to 6: noise is added to sums over sessions, and rows are made of what that leaves;
// private_topics.go does so for topics.
//
// Sessions that take more memory than ReadOptions.Memory are put aside on disk (room.go, spill.go; scatter.go for events in no order), and added
// up a part at a time; parts are merged (aggregate.go).
//
// Options.Save keeps what sessions add up to, as State (save.go, state.go; block.go, pairfile.go and number.go write it), and ReadOptions.Before
// goes on from there: what is learnt then is what all logs at once would give.
//
// With the topics of a catalogue (topics.go), it also learns in which contexts they are likely (priors.go), and which are met after
// which (following.go).
package learn
