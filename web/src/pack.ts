// Reads of a pack what a page needs to show suggestions; core/pack/FORMAT.md is the format. The module has checked what
// ranks before this is asked for; what is for display is checked here, where it is used.

import { firstFacet, number, split } from "./abi.js";

export const itemKinds = /* @__PURE__ */ split("product article guide review comparison help category");
export type ItemKind = (typeof itemKinds)[number];

/** Item is what a page shows of an item. */
export interface Item {
	id: string;
	kind: ItemKind;
	title: string;
	/** Empty when there is none; otherwise http(s) or a path. */
	url: string;
	image: string;
	/** In minor units of the currency; 0 when there is none. */
	price: number;
	currency: string;
	/** A BCP 47 tag, or empty. */
	language: string;
}

export interface Pack {
	/** items and topics are how many there are. */
	readonly items: number;
	readonly topics: number;
	/** record returns the pack's own bytes of entry k of a section of fixed width: none where there is no such section. */
	readonly record: (section: string, k: number) => Uint8Array;
	readonly slots: readonly string[];
	readonly languages: readonly string[];
	/** maxLayer is the most that the site allows; signals has bit k set for each declared kind k. */
	readonly maxLayer: number;
	readonly signals: number;
	readonly item: (item: number) => Item;
	/** find returns the item's number by its id, or undefined; findUrl by its URL. */
	readonly find: (id: string) => number | undefined;
	readonly findUrl: (url: string) => number | undefined;
	/** topicName returns the name of a topic, or the value of a facet by its number from firstFacet on. */
	readonly topicName: (topic: number) => string;
	/** entry returns the bytes of entry k of a section of entries that the pack has. */
	readonly entry: (section: string, k: number) => Uint8Array;
	/** topicParent returns the parent's number, or noTopic. */
	readonly topicParent: (topic: number) => number;
}

/** latin makes a character of each byte: such texts are in the order of their bytes. */
export const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const safe = (reference: string): string => (/^(https?:\/\/|\/(?!\/))[^\0-\x20\x7f\\]*$/.test(reference) ? reference : "");

/** readPack reads a pack that an engine has opened. It keeps data. */
export function readPack(data: Uint8Array): Pack {
	const sections: Record<string, { bytes: Uint8Array; width: number }> = {};
	for (let d = 24; d < 24 + 16 * number(data, 10, 2); d += 16) {
		const at = number(data, d + 8, 4);
		sections[latin(data.subarray(d, d + 4))] = { bytes: data.subarray(at, at + number(data, d + 12, 4)), width: number(data, d + 6, 2) };
	}
	/** A section that the pack lacks is read as an empty one. */
	const none = { bytes: new Uint8Array(), width: 1 };
	const record = (name: string, k: number): Uint8Array => {
		const { bytes, width } = sections[name] ?? none;
		return bytes.subarray(k * width, (k + 1) * width);
	};
	/** A later writer may widen records: of each, what is known are its first bytes. */
	const value = (name: string, k: number, size = 1): number => number(record(name, k), 0, size);
	const entry = (name: string, k: number): Uint8Array => {
		const { bytes } = sections[name] ?? none;
		let pos = number(bytes, 4 * (k >> 4), 4);
		for (let skip = k & 15; ; skip--) {
			let size = 0;
			let shift = 0;
			let byte;
			do {
				byte = bytes[pos++]!;
				size |= (byte & 127) << shift;
				shift += 7;
			} while (byte > 127);
			if (!skip) return bytes.subarray(pos, pos + size);
			pos += size;
		}
	};
	const text = (name: string, k: number): string => new TextDecoder().decode(entry(name, k));
	const texts = (name: string, n: number): string[] => Array.from({ length: n }, (_, k) => text(name, k));

	const meta = record("meta", 0);
	const policy = record("poli", 0);
	const languages = texts("lnam", meta[7]!);
	const currencies = texts("cnam", meta[8]!);
	/** bisect finds the item whose entry of names is key, in an index in order of these. */
	const bisect = (index: string, names: string, key: string): number | undefined => {
		const want = latin(new TextEncoder().encode(key));
		const { bytes, width } = sections[index] ?? none;
		let low = 0;
		let high = bytes.length / width;
		while (low < high) {
			const mid = (low + high) >> 1;
			const item = value(index, mid, 4);
			const got = latin(entry(names, item));
			if (got === want) return item;
			if (got < want) low = mid + 1;
			else high = mid;
		}
		return undefined;
	};
	return {
		record,
		items: number(meta, 0, 4),
		topics: number(meta, 4, 2),
		slots: texts("snam", meta[6]!),
		languages,
		maxLayer: policy[0]!,
		signals: number(policy, 4, 2),
		item: (k) => ({
			id: text("idst", k),
			kind: itemKinds[value("kind", k)]!,
			title: text("titl", k),
			url: safe(text("urls", k)),
			image: safe(text("imgs", k)),
			price: value("pric", k, 4),
			currency: currencies[value("curr", k) - 1] ?? "",
			language: languages[value("lang", k) - 1] ?? "",
		}),
		find: (id) => bisect("byid", "idst", id),
		findUrl: (url) => bisect("byur", "urls", url),
		topicName: (k) => text(k < firstFacet ? "tnam" : "fnam", k % firstFacet),
		entry,
		topicParent: (k) => value("tpar", k, 2),
	};
}
