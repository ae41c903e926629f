import { decodeReply, encodeRequest, noItem, noTopic } from "../../../web/src/abi.js";
import { NabijError, openEngine, type Engine } from "../../../web/src/engine.js";
import type { Suggestion } from "../../../web/src/nabij.js";
import { readPack, type Pack } from "../../../web/src/pack.js";
import type { Page } from "../../../web/src/page.js";
import type { Class } from "./classes.js";
import { tell } from "./log.js";
import { markupOf, type Slot } from "./markup.js";
import { versionOf } from "./packs.js";
import { findAddress, type Find } from "./page.js";

/** maxMemo is how many characters of markup are kept, made before: pages of a site ask for the same again and again. */
const maxMemo = 4 << 20;
/** maxAddresses is how many addresses are kept whose item was looked for. */
const maxAddresses = 5000;

/** narrow returns a text, if it is ASCII, as a string of a byte a character: which it may not be after titles went into it, and the runtime is
 * slower to write the wider ones out. */
const narrow = (text: string): string => (/^[\0-\x7f]*$/.test(text) ? new TextDecoder().decode(new TextEncoder().encode(text)) : text);

/** The flag of a slot for going on with a visit. */
const repeats = 1;

/** Site is a pack in an engine. */
export class Site {
	readonly version: string;
	readonly pack: Pack;
	/** Which slots are for going on with a visit: what is in those is the browser's to know. */
	readonly repeats: readonly boolean[];
	#memo = new Map<string, string>();
	#memoSize = 0;
	#addresses = new Map<string, number | undefined>();
	#engine: Engine | undefined;

	/** Throws where the module refuses the pack. The pack's bytes must stay as they are. */
	constructor(readonly module: WebAssembly.Module, readonly bytes: Uint8Array) {
		this.#engine = this.#open();
		this.version = versionOf(bytes);
		this.pack = readPack(bytes);
		this.repeats = this.pack.slots.map((_, slot) => !!(this.pack.record("slot", slot)[3]! & repeats));
	}

	/** markup returns what is added to a slot of the pack, by its number, on a page: nothing where there is nothing to suggest. About
	 * tells that page and context from others. */
	markup(slot: number, how: Slot, page: Page, context: Class, about: string): string {
		const key = `${about} ${slot} ${how.images} ${how.language}|${how.label}|${
			how.template === undefined ? "" : JSON.stringify(how.template, (_, v) => (v instanceof Map ? [...v] : v))}`;
		const known = this.#memo.get(key);
		if (known !== undefined) return known;
		const made = narrow(markupOf(this.suggest(slot, page, context), how));
		if ((this.#memoSize += key.length + made.length) > maxMemo) {
			this.#memo.clear();
			this.#memoSize = key.length + made.length;
		}
		this.#memo.set(key, made);
		return made;
	}

	/** find returns the item of an address, on a page that it may be relative to, or undefined. */
	readonly find: Find = (address, page) => {
		const key = address.startsWith("http:") || address.startsWith("https:") ? address : `${page} ${address}`;
		const known = this.#addresses.get(key);
		if (known !== undefined || this.#addresses.has(key)) return known;
		const item = findAddress(this.pack, address, page);
		if (this.#addresses.size >= maxAddresses) this.#addresses.clear();
		this.#addresses.set(key, item);
		return item;
	};

	/** suggest asks for layer 1, in which no visit counts, so that the time does not either. A fault of the engine ends its instance:
	 * there are no suggestions, and the next call has a new one. */
	suggest(slot: number, page: Page, context: Class): Suggestion[] {
		const { pack } = this;
		try {
			this.#engine ??= this.#open();
			const reply = decodeReply(this.#engine("suggest", encodeRequest({
				nowMs: 0, slot, size: 0, layer: 1, item: page.item, topic: page.topic,
				context: [...context.slice(0, 5), page.language], explain: false, public: false,
			})));
			return reply.suggestions.map(({ item, reason, ...s }) => ({
				...pack.item(item),
				...s,
				reason: {
					...reason,
					item: reason.item === noItem ? undefined : pack.item(reason.item).title,
					topic: reason.topic === noTopic ? undefined : pack.topicName(reason.topic),
				},
			}));
		} catch (e) {
			if (!(e instanceof NabijError)) this.#engine = undefined;
			tell("suggest", e);
			return [];
		}
	}

	#open(): Engine {
		return openEngine(new WebAssembly.Instance(this.module), this.bytes);
	}
}
