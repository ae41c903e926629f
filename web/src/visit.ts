import { noItem, noTopic, signalKinds, type SignalKind } from "./abi.js";

/** Visit is what an engine keeps of a visit: wasm/ABI.md, "The saved visit". Items and topics are numbers of its pack. */
export interface Visit {
	/** Page views. */
	pages: number;
	bitsSpent: number;
	events: Event[];
	/** Not for this visitor: items, and topics. */
	dismissedItems: number[];
	dismissedTopics: number[];
	/** What the visitor has said to be looking for: topics and facets, their strength of 100, and page views when it was said. */
	preferred: { topic: number; percent: number; page: number }[];
	/** Topics that were shown and not chosen: on how many pages, and the last of these. */
	fatigued: { topic: number; pages: number; lastPage: number }[];
	/** How many pages and slots have a list that stays. */
	picked: number;
}

/** Event is something that was done; what was done on a page, time and depth, is added to its view. */
export interface Event {
	atMs: number;
	/** Page views up to and including this one's page. */
	page: number;
	engagedMs: number;
	item: number | undefined;
	topic: number | undefined;
	kind: SignalKind;
	/** Of 100. */
	depth: number;
}

/** readVisit reads what an engine has saved. It throws a RangeError when these are no such bytes. */
export function readVisit(saved: Uint8Array): Visit {
	const v = new DataView(saved.buffer, saved.byteOffset, saved.byteLength);
	if (v.getUint16(0, true) !== 0x564e || saved[2] !== 1) throw new RangeError("not a visit of version 1");
	const time = (at: number): number => v.getUint32(at, true) + v.getUint32(at + 4, true) * 2 ** 32;
	let at = 31;
	const list = <T>(count: number, size: number, read: (at: number) => T): T[] =>
		Array.from({ length: count }, () => read((at += size) - size));
	const events = list(saved[26]!, 24, (at) => {
		const item = v.getUint32(at + 16, true);
		const topic = v.getUint16(at + 20, true);
		return {
			atMs: time(at),
			page: v.getUint32(at + 8, true),
			engagedMs: v.getUint32(at + 12, true),
			item: item === noItem ? undefined : item,
			topic: topic === noTopic ? undefined : topic,
			kind: signalKinds[saved[at + 22]!] as SignalKind,
			depth: saved[at + 23]!,
		};
	});
	// Of the dismissed, those from 2³¹ on are topics.
	const dismissed = list(saved[27]!, 8, (at) => v.getUint32(at, true));
	const preferred = list(saved[28]!, 8, (at) => ({
		topic: v.getUint16(at, true), percent: saved[at + 2]!, page: v.getUint32(at + 3, true),
	}));
	const fatigued = list(saved[29]!, 8, (at) => ({
		topic: v.getUint16(at, true), pages: saved[at + 2]!, lastPage: v.getUint32(at + 3, true),
	}));
	return {
		pages: v.getUint32(20, true),
		bitsSpent: v.getUint16(24, true) / 256,
		events,
		dismissedItems: dismissed.filter((note) => note < 2 ** 31),
		dismissedTopics: dismissed.filter((note) => note >= 2 ** 31).map((note) => note - 2 ** 31),
		preferred,
		fatigued,
		picked: saved[30]!,
	};
}
