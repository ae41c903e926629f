import { noItem, noTopic, type Mode, type Outcome, type RawReply, type RawSignal, type ReasonCode } from "./abi.js";
import { classesNow } from "./context.js";
import { NabijError, openEngine, type Engine } from "./engine.js";
import { loadModule, loadPack, type Pin } from "./load.js";
import { readPack, type Item, type Pack } from "./pack.js";
import { findTopic, readPage, type Page } from "./page.js";
import { capture, type Signal } from "./signals.js";
import { fromText, keep, kept, toText, type Kept } from "./store.js";

/** Pins are the files that belong together. */
export interface Pins {
	module: Pin;
	pack: Pin;
}

export interface Options {
	/** The address that the pins' files are beside. */
	base: string;
	pins: Pins;
	/** The highest layer that the site allows until allow is called: 2, or 1 where it asks first. */
	layer?: number;
	/** Count what the visitor does on the page. */
	capture?: boolean;
}

export interface Suggestion extends Item {
	reason: { code: ReasonCode; item?: string; topic?: string };
	/** Of 1; the visit's share in it shows only in what explain returns. */
	score: number;
	/** Posterior over prior; only in what explain returns. */
	lift?: number;
}

export interface Reply {
	layer: number;
	face: number;
	faces: number;
	bitsSpent: number;
	bitsLeft: number;
	suggestions: Suggestion[];
	/** All that the slot of this page could show to anyone: what is fetched for a suggestion is fetched for these. */
	public: Item[];
}

export interface Ask {
	slot: string;
	size?: number;
	/** The page's own unless told otherwise. */
	item?: string;
	topic?: string;
}

export interface Intent {
	mode: Mode;
	/** Of 1. */
	confidence: number;
	topics: { topic: string; confidence: number }[];
}

/** Nabij is a visit on this page. */
export class Nabij {
	/** ready settles when suggestions can be asked for; it rejects where they cannot. */
	readonly ready: Promise<void>;
	#engine: Engine | undefined;
	#pack: Pack | undefined;
	#page: Page = { item: noItem, topic: noTopic, language: 0 };
	#waiting: Signal[] = [];
	#kept: Kept = kept();
	#allowed: number;
	#flush: () => void = () => {};

	constructor(options: Options) {
		this.#allowed = options.layer ?? 2;
		this.ready = this.#start(options).catch((e: unknown) => {
			this.#fail(e);
			throw e;
		});
		this.ready.catch(() => {}); // told by then
	}

	/** layer is the highest that may work now: the least of what the site, the browser's Global Privacy Control and the
	 * visitor allow. The visitor's own choice goes before the browser's signal; only it allows layer 3. */
	get layer(): number {
		const { choice, paused } = this.#kept;
		const max = this.#pack?.maxLayer ?? 1;
		if (paused) return 1;
		if (choice) return Math.min(choice, max);
		const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
		return Math.min(gpc ? 1 : this.#allowed, max, 2);
	}

	/** allow raises or lowers the layer that the site allows, to 1 or 2: after its own question was answered, say. Raised,
	 * it takes up what was kept of the visit; lowered, it forgets that. */
	allow(layer: 1 | 2): void {
		const before = this.layer;
		this.#allowed = layer;
		if (before < this.layer && this.#kept.visit) this.#recall();
		this.#save();
	}

	/** choose is the visitor's own choice of a layer. Layer 3 takes an act of theirs: call it from a click. */
	choose(layer: 1 | 2 | 3): void {
		if (layer === 3 && navigator.userActivation && !navigator.userActivation.isActive) {
			throw new NabijError("choose: layer 3 takes a click of the visitor");
		}
		this.#kept.choice = layer;
		this.#save();
	}

	/** paused says that nothing counts until the visitor wants it again. */
	get paused(): boolean {
		return this.#kept.paused === true;
	}

	set paused(paused: boolean) {
		this.#kept.paused = paused;
		this.#save();
	}

	/** observe makes signals part of the visit: all of them, or none, when it throws. Before ready they wait. */
	observe(...signals: Signal[]): Outcome[] {
		if (this.paused) return [];
		if (!this.#engine) {
			this.#waiting.push(...signals);
			return [];
		}
		return this.#guard((engine) => engine.observe(signals.map((s) => this.#raw(s)))) ?? [];
	}

	/** suggest fills a slot of the page. */
	suggest(ask: Ask): Reply {
		return this.#ask(ask, false);
	}

	/** explain is suggest with what the visit has changed: for tests and debugging, and no page. */
	explain(ask: Ask): Reply {
		return this.#ask(ask, true);
	}

	/** intent infers what the visit is about. */
	intent(): Intent {
		const raw = this.#guard((engine) => engine.intent(Date.now()));
		return {
			mode: raw?.mode ?? "exploring",
			confidence: (raw?.confidence ?? 0) / 100,
			topics: (raw?.topics ?? []).map(({ topic, confidence }) => ({ topic: this.#pack!.topicName(topic), confidence: confidence / 100 })),
		};
	}

	/** forget empties the visit, on this page and in what is kept. What the visitor chose stays. */
	forget(): void {
		this.#waiting = [];
		this.#guard((engine) => engine.reset());
		this.#save();
	}

	async #start(o: Options): Promise<void> {
		const d = document as Document & { prerendering?: boolean };
		if (d.prerendering) await new Promise((done) => document.addEventListener("prerenderingchange", done, { once: true }));
		const [module, data] = await Promise.all([loadModule(o.base, o.pins.module), loadPack(o.base, o.pins.pack)]);
		const engine = openEngine(module, data);
		const pack = (this.#pack = readPack(data));
		this.#page = readPage(pack);
		this.#engine = engine;
		this.#recall();
		if (o.capture !== false) {
			this.#flush = capture(pack.signals, (signal) => this.#try(signal));
			addEventListener("pagehide", () => this.#save(true));
			document.addEventListener("visibilitychange", () => document.hidden && this.#save(true));
			addEventListener("pageshow", (event) => {
				// The page comes back as it was, but the visit has gone on.
				if (event.persisted) {
					this.#kept = kept();
					this.#recall();
				}
			});
		}
		this.#waiting.splice(0).forEach((signal) => this.#try(signal));
		document.dispatchEvent(new CustomEvent("nabij-ready", { detail: this }));
	}

	/** recall takes up the visit where the page before has left it, and opens this page in it. */
	#recall(): void {
		this.#guard((engine) => {
			engine.reset();
			if (this.#kept.visit && this.layer > 1) {
				try {
					engine.restore(fromText(this.#kept.visit));
				} catch (e) {
					// A visit of another pack or version, or damaged: a new one begins. Anything else is a fault.
					if (e instanceof NabijError && !e.failure) throw e;
				}
			}
			if (!this.paused) engine.observe([{ ...this.#raw({ signal: "view" }), item: this.#page.item, topic: this.#page.topic }]);
		});
	}

	/** save keeps the visit for the next page as far as the layer allows, after what has gathered on this one if leaving. */
	#save(leaving = false): void {
		if (leaving) this.#flush();
		delete this.#kept.visit;
		if (this.layer > 1) {
			const saved = this.#guard((engine) => engine.save());
			if (saved) this.#kept.visit = toText(saved);
		}
		keep(this.#kept);
	}

	/** try observes a signal that the page gave, whose faults are the page's to know of and nobody's to fail on. */
	#try(signal: Signal): void {
		try {
			this.observe(signal);
		} catch (e) {
			tell(e);
		}
	}

	#raw(s: Signal): RawSignal {
		const pack = this.#pack!;
		const item = s.item === undefined ? noItem : pack.find(s.item);
		if (item < 0) throw new NabijError(`${s.signal}: the pack has no item ${JSON.stringify(s.item)}`);
		const topic = s.topic === undefined ? noTopic : findTopic(pack, s.topic);
		if (s.topic !== undefined && topic === noTopic) throw new NabijError(`${s.signal}: the pack has no topic ${JSON.stringify(s.topic)}`);
		return { kind: s.signal, atMs: Date.now(), item, topic, value: s.value ?? 0, text: s.text ?? "" };
	}

	#ask(ask: Ask, explain: boolean): Reply {
		const pack = this.#pack;
		const slot = pack ? pack.slots.indexOf(ask.slot) : -1;
		if (!pack || slot < 0) {
			throw new NabijError(pack ? `the pack has no slot ${JSON.stringify(ask.slot)}; its slots: ${pack.slots.join(", ")}` : "not ready");
		}
		const about = ask.item !== undefined || ask.topic !== undefined
			? this.#raw({ signal: "view", ...(ask.item !== undefined && { item: ask.item }), ...(ask.topic !== undefined && { topic: ask.topic }) })
			: this.#page;
		const raw = this.#guard((engine) => engine.suggest({
			nowMs: Date.now(), slot, size: ask.size ?? 0, layer: this.layer, item: about.item, topic: about.topic,
			context: [...classesNow(), this.#page.language], explain, public: true,
		}));
		return this.#reply(pack, raw ?? { layer: 1, face: 0, faces: 1, bitsSpent: 0, bitsLeft: 0, suggestions: [], public: [] }, explain);
	}

	#reply(pack: Pack, raw: RawReply, explain: boolean): Reply {
		return {
			...raw,
			bitsSpent: raw.bitsSpent / 256,
			bitsLeft: raw.bitsLeft / 256,
			suggestions: raw.suggestions.map((s) => ({
				...pack.item(s.item),
				score: s.score / 1e6,
				...(explain && { lift: s.lift / 1000 }),
				reason: {
					code: s.reason,
					...(s.reasonItem !== noItem && { item: pack.item(s.reasonItem).title }),
					...(s.reasonTopic !== noTopic && { topic: pack.topicName(s.reasonTopic) }),
				},
			})),
			public: [...new Set(raw.public)].sort((a, b) => a - b).map(pack.item),
		};
	}

	/** guard asks the engine. A fault in it ends it: the page stays as it is. */
	#guard<T>(ask: (engine: Engine) => T): T | undefined {
		if (!this.#engine) return undefined;
		try {
			return ask(this.#engine);
		} catch (e) {
			if (e instanceof NabijError) throw e;
			this.#fail(e);
			return undefined;
		}
	}

	#fail(e: unknown): void {
		this.#engine = undefined;
		tell(e);
		document.dispatchEvent(new CustomEvent("nabij-error", { detail: e }));
	}
}

/** tell says to the developer what went wrong. Nothing of the visit is in it but what the page itself passed. */
export const tell = (e: unknown): void => console.warn(`nabij: ${e instanceof Error ? e.message : String(e)}`);
