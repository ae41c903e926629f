import {
	decodeIntent, decodeOutcomes, decodeReply, emptyReply, encodeMoment, encodeRequest, encodeSignals, noItem, noTopic,
	type Mode, type Outcome, type RawSignal, type ReasonCode,
} from "./abi.js";
import { classesNow } from "./context.js";
import { NabijError, openEngine, type Engine } from "./engine.js";
import { load, type Pin } from "./load.js";
import { readPack, type Item, type Pack } from "./pack.js";
import { findTopic, parsed, readPage, type About, type Page } from "./page.js";
import { capture, type Signal } from "./signals.js";
import { keep, kept, storeKey, type Kept } from "./store.js";

/** Pins are the files that belong together. */
export interface Pins {
	module: Pin;
	pack: Pin;
}

export interface Options {
	/** The address of the folder with the pins' files, as in "/nabij/", or of a file beside them. */
	base: string;
	pins: Pins;
	/** The highest layer that the site allows until allow is called: 2, or 1 where it asks first. */
	layer?: 1 | 2;
	/** Count what the visitor does on the page. */
	capture?: boolean;
}

export interface Suggestion extends Item {
	reason: { code: ReasonCode; item: string | undefined; topic: string | undefined };
	/** Of 1; the visit's share in it shows only where suggest was asked to explain. */
	score: number;
	/** Posterior over prior; 0 unless suggest was asked to explain. */
	lift: number;
}

export interface Reply {
	layer: number;
	face: number;
	faces: number;
	/** Of 1: of the plausible visits that would be shown the same list; 0 for one of the visitor's own, at layer 3 or as declared on the page. */
	share: number;
	bitsSpent: number;
	bitsLeft: number;
	suggestions: Suggestion[];
	/** All that the slot of this page could show to anyone, list after list: what is fetched for a suggestion is fetched for
	 * all of these. */
	public: Item[];
}

/** Ask is a slot to fill, on the page at hand unless it says what else. */
export interface Ask extends About {
	slot: string;
	size?: number;
}

export interface Intent {
	mode: Mode;
	/** Of 1, as are the following. */
	confidence: number;
	topics: { topic: string; confidence: number }[];
}

const idle = { timeout: 50 } as IdleRequestOptions & number;
/** lateMs is how long after its begin a page may hear what the page before has kept. */
const lateMs = 1000;

/** Nabij is a visit on this page. */
export class Nabij {
	/** ready settles when suggestions can be asked for; it rejects where they cannot. */
	readonly ready: Promise<void>;
	/** pack is what the site has published, once ready. */
	pack: Pack | undefined;
	#engine: Engine | undefined;
	#page: Page = { item: noItem, topic: noTopic, language: 0 };
	#about: About | undefined;
	#waiting: Signal[] = [];
	#read: Kept | undefined;
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

	/** kept is what is kept, read when it is first asked for: storage takes a while. */
	get #kept(): Kept {
		return (this.#read ??= kept());
	}

	/** layer is the highest that may work now: the least of what the site, the browser's Global Privacy Control and the
	 * visitor allow. The visitor's own choice goes before the browser's signal; only it allows layer 3. */
	get layer(): number {
		const { choice, paused } = this.#kept;
		const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
		return paused ? 1 : Math.min(choice ?? (globalPrivacyControl ? 1 : Math.min(this.#allowed, 2)), this.pack?.maxLayer ?? 1);
	}

	/** allow raises or lowers the layer that the site allows, to 1 or 2: after its own question was answered, say. Raised,
	 * it takes up what was kept of the visit; lowered, it forgets that. */
	allow(layer: 1 | 2): void {
		const before = this.layer;
		this.#allowed = layer;
		if (before < this.layer && this.#kept.visit) this.#recall();
		this.#keep();
	}

	/** choose is the visitor's own choice of a layer. Layer 3 takes an act of theirs: call it from a click. */
	choose(layer: 1 | 2 | 3): void {
		if (layer === 3 && navigator.userActivation?.isActive === false) {
			throw new NabijError("layer 3 takes a click");
		}
		this.#kept.choice = layer;
		this.#keep();
	}

	/** paused says that nothing counts until the visitor wants it again. */
	get paused(): boolean {
		return !!this.#kept.paused;
	}

	set paused(paused: boolean) {
		this.#kept.paused = paused;
		this.#keep();
	}

	/** observe makes signals part of the visit: all of them, or none, when it throws. Before ready they wait. */
	observe(...signals: Signal[]): Outcome[] {
		if (this.paused) return [];
		if (!this.#engine) {
			this.#waiting.push(...signals);
			return [];
		}
		return decodeOutcomes(this.#call("observe", encodeSignals(signals.map((s) => this.#raw(s)))));
	}

	/** page says that the page has become another without being loaded, as a site's own router makes it: one about an item or a
	 * topic, or about {} where it has neither. Without an argument the document tells, as at its load. */
	page(about?: About): void {
		this.#flush();
		this.#about = about;
		if (this.pack) this.#enter(this.pack);
	}

	/** suggest fills a slot of the page. With explain, score and lift say what the visit has changed: for tests and debugging, and no page. */
	suggest(ask: Ask, explain = false): Reply {
		const pack = this.pack;
		if (!pack) throw new NabijError("not ready");
		const slot = pack.slots.indexOf(ask.slot);
		if (slot < 0) throw new NabijError(`no slot ${JSON.stringify(ask.slot)} in the pack, only ${pack.slots}`);
		const about = ask.item ?? ask.topic ? this.#raw({ signal: "view", ...ask }) : this.#page;
		const raw = decodeReply(this.#call("suggest", encodeRequest({
			nowMs: Date.now(), slot, size: ask.size ?? 0, layer: this.layer, item: about.item, topic: about.topic,
			context: [...classesNow(), this.#page.language], explain, public: true,
		})));
		return {
			...raw,
			suggestions: raw.suggestions.map(({ item, reason, ...s }) => ({
				...pack.item(item),
				...s,
				reason: {
					...reason,
					item: reason.item === noItem ? undefined : pack.item(reason.item).title,
					topic: reason.topic === noTopic ? undefined : pack.topicName(reason.topic),
				},
			})),
			public: raw.public.map(pack.item),
		};
	}

	/** intent infers what the visit is about. */
	intent(): Intent {
		const raw = decodeIntent(this.#call("intent", encodeMoment(Date.now())));
		return { ...raw, topics: raw.topics.map((t) => ({ ...t, topic: this.pack!.topicName(t.topic) })) };
	}

	/** save returns the visit as the engine saves it, which readVisit reads; nothing when there is no engine. */
	save(): Uint8Array | undefined {
		const saved = this.#call("save");
		return this.#engine && saved;
	}

	/** forget empties the visit, on this page and in what is kept. What the visitor chose stays. */
	forget(): void {
		this.#waiting = [];
		this.#call("reset");
		this.#keep();
	}

	async #start(o: Options): Promise<void> {
		const d = document as Document & { prerendering?: boolean };
		if (d.prerendering) await new Promise((done) => document.addEventListener("prerenderingchange", done));
		const [{ instance }, data] = await Promise.all([
			load(o.base, o.pins.module).then((module) => WebAssembly.instantiate(module)), load(o.base, o.pins.pack), parsed(),
		]);
		// What the visitor does now goes first. (WebKit cannot say when that is done.)
		await new Promise<unknown>((done) => (self.requestIdleCallback ?? setTimeout)(done, idle));
		const engine = openEngine(instance, data);
		const pack = (this.pack = readPack(data));
		this.#engine = engine;
		const late = kept(); // the page before may have been left after this one began
		(this.#read ??= late).visit = late.visit;
		this.#recall();
		if (o.capture !== false) {
			this.#flush = capture(pack.signals, this.#try);
			const leave = (): void => {
				this.#flush();
				this.#keep();
			};
			addEventListener("pagehide", leave);
			addEventListener("visibilitychange", () => document.hidden && leave());
			// A page that comes back as it was takes up the visit as it has gone on. Chromium may tell only later what the page before
			// has kept, on any page.
			let began = performance.now();
			const resume = (): void => {
				this.#read = kept();
				this.#recall();
			};
			addEventListener("pageshow", ({ persisted }) => {
				if (!persisted) return;
				began = performance.now();
				resume();
			});
			addEventListener("storage", ({ key }) => key === storeKey && performance.now() - began < lateMs && resume());
		}
		this.#waiting.splice(0).forEach(this.#try);
		emit(document, "nabij-ready", this);
	}

	/** recall takes up the visit where the page before has left it, and opens this page in it. */
	#recall(): void {
		this.#call("reset");
		if (this.#kept.visit && this.layer > 1) {
			try {
				this.#call("restore", this.#kept.visit);
			} catch {
				// A visit of another pack or version, or damaged: a new one begins.
			}
		}
		this.#enter(this.pack!);
	}

	#enter(pack: Pack): void {
		this.#page = readPage(pack, this.#about);
		if (!this.paused) this.#call("observe", encodeSignals([{ ...this.#raw({ signal: "view" }), ...this.#page }]));
	}

	/** keep keeps the visit for the next page as far as the layer allows. Before there is a pack to say that, all stays as it was. */
	#keep(): void {
		if (!this.pack) return;
		this.#kept.visit = this.layer > 1 ? this.save() : undefined;
		keep(this.#kept);
	}

	/** try observes a signal that the page gave, whose faults are the page's to know of and nobody's to fail on. */
	#try = (signal: Signal): void => {
		try {
			this.observe(signal);
		} catch (e) {
			tell(e);
		}
	};

	#raw(s: Signal): RawSignal {
		const pack = this.pack!;
		const item = s.item === undefined ? noItem : pack.find(s.item);
		const topic = typeof s.topic === "string" ? findTopic(pack, s.topic) : s.topic ?? noTopic;
		if (item === undefined || topic === undefined) {
			throw new NabijError(`${s.signal}: not in the pack: ${s.item ?? s.topic}`);
		}
		return { kind: s.signal, atMs: Date.now(), item, topic, value: s.value ?? 0, text: s.text ?? "" };
	}

	/** call calls the engine, and replies with nothing when there is none. A fault in it ends it: the page stays as it is. */
	#call(...call: Parameters<Engine>): Uint8Array {
		try {
			if (this.#engine) return this.#engine(...call);
		} catch (e) {
			if (e instanceof NabijError) throw e;
			this.#fail(e);
		}
		return emptyReply();
	}

	#fail(e: unknown): void {
		this.#engine = undefined;
		tell(e);
		emit(document, "nabij-error", e);
	}
}

export const emit = (target: EventTarget, type: string, detail: unknown): boolean =>
	target.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));

/** tell says to the developer what went wrong. Nothing of the visit is in it but what the page itself passed. */
export const tell = (e: unknown): void => console.warn(`nabij: ${(e as Error).message}`);
