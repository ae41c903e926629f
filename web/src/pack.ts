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
	const v = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const text = (from: number, to: number): string => new TextDecoder().decode(data.subarray(from, to));
	const sections: Record<string, { at: number; width: number; size: number }> = {};
	for (let k = 0; k < v.getUint16(10, true); k++) {
		const d = 24 + 16 * k;
		sections[text(d, d + 4)] = { at: v.getUint32(d + 8, true), width: v.getUint16(d + 6, true), size: v.getUint32(d + 12, true) };
	}
	const at = (name: string, k: number): number => {
		const s = sections[name];
		return s ? s.at + k * s.width : -1;
	};
	const record = (name: string, k: number): Uint8Array => data.subarray(at(name, k), at(name, k + 1));
	const byte = (name: string, k: number): number => record(name, k)[0] ?? 0;
	/** bounds returns where entry k starts and ends. */
	const bounds = (name: string, k: number): [number, number] => {
		const s = sections[name];
		if (!s) return [0, 0];
		let pos = s.at + v.getUint32(s.at + 4 * (k >> 4), true);
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

	const meta = at("meta", 0);
	const languages = entries("lnam", data[meta + 7]!);
	const currencies = entries("cnam", data[meta + 8]!);
	/** bisect finds the item whose entry of names is key, in an index in order of these. */
	const bisect = (index: string, names: string, key: string): number | undefined => {
		const want = latin(new TextEncoder().encode(key));
		const s = sections[index];
		let low = 0;
		let high = s ? s.size / s.width : 0;
		while (low < high) {
			const mid = (low + high) >> 1;
			const item = v.getUint32(at(index, mid), true);
			const got = latin(data.subarray(...bounds(names, item)));
			if (got === want) return item;
			if (got < want) low = mid + 1;
			else high = mid;
		}
		return undefined;
	};
	return {
		record,
		items: v.getUint32(meta, true),
		topics: v.getUint16(meta + 4, true),
		slots: entries("snam", data[meta + 6]!),
		languages,
		maxLayer: byte("poli", 0),
		signals: v.getUint16(at("poli", 0) + 4, true),
		item: (k) => ({
			id: entry("idst", k),
			kind: itemKinds[byte("kind", k)]!,
			title: entry("titl", k),
			url: safe(entry("urls", k)),
			image: safe(entry("imgs", k)),
			price: sections["pric"] ? v.getUint32(at("pric", k), true) : 0,
			currency: currencies[byte("curr", k) - 1] ?? "",
			language: languages[byte("lang", k) - 1] ?? "",
		}),
		find: (id) => bisect("byid", "idst", id),
		findUrl: (url) => bisect("byur", "urls", url),
		topicName: (k) => entry("tnam", k),
		topicParent: (k) => v.getUint16(at("tpar", k), true),
	};
}
