// Package core is the engine: from what a page is about, the moment, and the signals of the visit that is happening now,
// to suggestions. It is pure: bytes, numbers and a given time come in, and the same calls give the same bytes on every
// platform, as all of it is integers.
//
// The words used throughout, each once:
//
//   - catalogue: all that a site can suggest; item: one thing of it, of a kind (product, guide, ...)
//   - topic: a node of the site's tree of subjects
//   - session: one visit; signal: one thing that happened in it
//   - context: what anyone's request tells, in coarse classes: daypart, weekend, device, region, referrer, language
//   - intent: what the visit is probably about: a mode and topics, each with a confidence
//   - prior: how likely anyone in this context wants an item next; posterior: the same, given the visit
//   - slot: a place on a page for suggestions; suggestion: an item in it, with a reason
//   - face: one of the few lists that a slot of a page can show, the same for everyone
//   - layer: how much of the visit may show: 1 nothing, 2 the choice of a face, 3 all of it
//   - pack: the file that holds what the engine knows of a site; policy: what the site lets the engine do
//
// An Engine reads a pack; a Session is a visit; Observe adds signals to it and Suggest fills slots:
//
//	engine := core.NewEngine(p)
//	var visit core.Session
//	view := core.NewSignal(core.View, 0)
//	view.Item = 12
//	engine.Observe(&visit, &view)
//	reply, err := engine.Suggest(&visit, &core.Request{NowMs: 5_000, Layer: 2, Item: 12, Topic: pack.NoTopic})
//
// One file a stage: session, context, intent, rank, faces, guard, reason; suggest runs them.
package core
