// Reads of a pack what a page needs to show suggestions; core/pack/FORMAT.md is the format. The module has checked what
// ranks before this is asked for; what is for display is checked here, where it is used.

import { split } from "./abi.js";

export const itemKinds = split("product article guide review comparison help category");
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
	readonly topicName: (topic: number) => string;
	/** topicParent returns the parent's number, or noTopic. */
	readonly topicParent: (topic: number) => number;
}

/** latin makes a character of each byte: such texts are in the order of their bytes. */
export const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const safe = (reference: string): string => (/^(https?:\/\/|\/(?!\/))[^\0-\x20\x7f\\]*$/.test(reference) ? reference : "");

/** readPack reads a pack that an engine has opened. It keeps data. */
export function readPack(data: Uint8Array): Pack {
	const text = (from: number, to: number): string => new TextDecoder().decode(data.subarray(from, to));
	const number = (bytes: Uint8Array): number => bytes.reduceRight((n, byte) => n * 256 + byte, 0);
	const numberAt = (at: number, size: number): number => number(data.subarray(at, at + size));
	const sections: Record<string, { at: number; width: number; size: number }> = {};
	for (let d = 24; d < 24 + 16 * numberAt(10, 2); d += 16) {
		sections[text(d, d + 4)] = { at: numberAt(d + 8, 4), width: numberAt(d + 6, 2), size: numberAt(d + 12, 4) };
	}
	const record = (name: string, k: number): Uint8Array => {
		const s = sections[name];
		return s ? data.subarray(s.at + k * s.width, s.at + (k + 1) * s.width) : data.subarray(0, 0);
	};
	const value = (name: string, k: number): number => number(record(name, k));
	/** bounds returns where entry k starts and ends. */
	const bounds = (name: string, k: number): [number, number] => {
		const s = sections[name];
		if (!s) return [0, 0];
		let pos = s.at + numberAt(s.at + 4 * (k >> 4), 4);
		for (let skip = k & 15; ; skip--) {
			let size = 0;
			for (let shift = 0, more = 1; more; shift += 7) {
				const c = data[pos++]!;
				size |= (c & 127) << shift;
				more = c >> 7;
			}
			if (!skip) return [pos, pos + size];
			pos += size;
		}
	};
	const entry = (name: string, k: number): string => text(...bounds(name, k));
	const entries = (name: string, n: number): string[] => Array.from({ length: n }, (_, k) => entry(name, k));

	const meta = record("meta", 0);
	const policy = record("poli", 0);
	const languages = entries("lnam", meta[7]!);
	const currencies = entries("cnam", meta[8]!);
	/** bisect finds the item whose entry of names is key, in an index in order of these. */
	const bisect = (index: string, names: string, key: string): number | undefined => {
		const want = latin(new TextEncoder().encode(key));
		const s = sections[index];
		let low = 0;
		let high = s ? s.size / s.width : 0;
		while (low < high) {
			const mid = (low + high) >> 1;
			const item = value(index, mid);
			const got = latin(data.subarray(...bounds(names, item)));
			if (got === want) return item;
			if (got < want) low = mid + 1;
			else high = mid;
		}
		return undefined;
	};
	return {
		record,
		items: number(meta.subarray(0, 4)),
		topics: number(meta.subarray(4, 6)),
		slots: entries("snam", meta[6]!),
		languages,
		maxLayer: policy[0]!,
		signals: number(policy.subarray(4, 6)),
		item: (k) => ({
			id: entry("idst", k),
			kind: itemKinds[value("kind", k)]!,
			title: entry("titl", k),
			url: safe(entry("urls", k)),
			image: safe(entry("imgs", k)),
			price: value("pric", k),
			currency: currencies[value("curr", k) - 1] ?? "",
			language: languages[value("lang", k) - 1] ?? "",
		}),
		find: (id) => bisect("byid", "idst", id),
		findUrl: (url) => bisect("byur", "urls", url),
		topicName: (k) => entry("tnam", k),
		topicParent: (k) => value("tpar", k),
	};
}
