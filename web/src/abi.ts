// The module's contract, as wasm/ABI.md has it. Go's spelling is package wasm/abi; both are tested on the same vectors.

export const abiVersion = 1;
export const noItem = 0xffffffff;
export const noTopic = 0xffff;
/** maxText is the most bytes of a signal's text. */
const maxText = 256;
/** firstFacet is the number of the pack's first facet where a number may be a topic's or a facet's. */
export const firstFacet = 0xff00;

type Split<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Split<Rest> : S;
export const split = <S extends string>(words: S): Split<S>[] => words.split(" ") as Split<S>[];

/** Kinds of signals; a kind's number is its place. */
export const signalKinds = /* @__PURE__ */ split(
	" view engaged scroll search filter basket-add basket-remove purchase shown chosen dismissed preference");
export type SignalKind = Exclude<(typeof signalKinds)[number], "">;

/** What a signal came to; an outcome's number is its place. */
export const outcomes = /* @__PURE__ */ split("counted undeclared sensitive meaningless");
export type Outcome = (typeof outcomes)[number];

/** Why an item is suggested; a code's number is its place. */
export const reasonCodes = /* @__PURE__ */ split(" popular-now same-topic similar often-together in-topic you-asked pick-up related");
export type ReasonCode = Exclude<(typeof reasonCodes)[number], "">;

/** What a visit is busy with; a mode's number is its place. */
export const modes = /* @__PURE__ */ split("exploring comparing deciding needing-help leaving");
export type Mode = (typeof modes)[number];

/** Items and topics are numbers of the pack: noItem and noTopic are none. */
export interface RawSignal {
	kind: SignalKind;
	atMs: number;
	item: number;
	topic: number;
	value: number;
	text: string;
}

export interface RawRequest {
	nowMs: number;
	slot: number;
	/** 0 is the slot's own. */
	size: number;
	layer: number;
	item: number;
	topic: number;
	/** Daypart, day, device, region and referrer as classes of the pack, 0 for not known; then the language, 1 + its number. */
	context: readonly number[];
	/** Fill score and lift from the posterior at every layer: for tests and debugging alone. */
	explain: boolean;
	/** Ask for the public items. */
	public: boolean;
}

export interface RawSuggestion {
	item: number;
	/** Of 1. */
	score: number;
	/** Posterior over prior; 0 unless asked for. */
	lift: number;
	reason: { code: ReasonCode; item: number; topic: number };
}

export interface RawReply {
	layer: number;
	face: number;
	faces: number;
	/** Of 1: of the plausible visits that would be shown the same list; 0 for one of the visitor's own, at layer 3 or as declared on the page. */
	share: number;
	bitsSpent: number;
	bitsLeft: number;
	suggestions: RawSuggestion[];
	/** The items of all lists that the page could show, one list after another: what is fetched for one is fetched for all. */
	public: number[];
}

export interface RawIntent {
	mode: Mode;
	/** Of 1. */
	confidence: number;
	topics: { topic: number; confidence: number }[];
}

export interface Failure {
	status: number;
	cause: number;
	index: number;
	text: string;
}

/** number reads one of size bytes at an offset, as the contract and the pack's format draw them: little-endian. */
export const number = (b: Uint8Array, at: number, size: number): number =>
	b.subarray(at, at + size).reduceRight((n, byte) => n * 256 + byte, 0);

// What these write in words is little-endian, as is every machine on which browsers run WebAssembly.
const message = (...words: number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);

/** At most 256 signals. Texts beyond maxText bytes are cut, between characters. */
export function encodeSignals(signals: readonly RawSignal[]): Uint8Array {
	const texts = signals.map((s) => {
		const text = new Uint8Array(maxText);
		return text.subarray(0, new TextEncoder().encodeInto(s.text, text).written);
	});
	const records = message(abiVersion | (8 << 16), signals.length | (24 << 16), ...signals.flatMap((s, k) => [
		signalKinds.indexOf(s.kind) | (s.topic << 16), s.item, s.atMs, s.atMs / 2 ** 32, s.value, texts[k]!.length,
	]));
	return new Uint8Array([records, ...texts].flatMap((b) => [...b]));
}

export function encodeRequest(q: RawRequest): Uint8Array {
	const b = message(abiVersion | (28 << 16), 0, q.nowMs, q.nowMs / 2 ** 32, q.item, q.topic, 0);
	b.set([q.slot, q.size, q.layer, +q.explain | (+q.public << 1)], 4);
	b.set(q.context, 22);
	return b;
}

export const encodeMoment = (nowMs: number): Uint8Array => message(abiVersion | (12 << 16), nowMs, nowMs / 2 ** 32);

/** emptyReply makes a reply of any kind with nothing in it. */
export const emptyReply = (): Uint8Array => message(abiVersion | (16 << 16), 0, 0, 0);

/** afterHead returns what comes after a reply's head and n of its records, of whatever size these are. */
const afterHead = (b: Uint8Array, n = 0): Uint8Array => b.subarray(number(b, 2, 2) + n * number(b, 12, 2));

export const decodeOutcomes = (b: Uint8Array): Outcome[] => [...afterHead(b)].map((o) => outcomes[o]!);

/** recordsOf returns what starts at each of a reply's first n records. */
const recordsOf = (b: Uint8Array, n: number): Uint8Array[] => Array.from({ length: n }, (_, k) => afterHead(b, k));

export function decodeReply(b: Uint8Array): RawReply {
	return {
		layer: b[4]!,
		face: b[5]!,
		faces: b[6]!,
		bitsSpent: number(b, 8, 2) / 256,
		bitsLeft: number(b, 10, 2) / 256,
		share: number(b, 16, 2) / 1000,
		suggestions: recordsOf(b, b[7]!).map((r) => ({
			item: number(r, 0, 4),
			score: number(r, 4, 4) / 1e6,
			lift: number(r, 8, 4) / 1000,
			reason: { code: reasonCodes[r[18]!] as ReasonCode, item: number(r, 12, 4), topic: number(r, 16, 2) },
		})),
		public: [...new Uint32Array(afterHead(b, b[7]).slice().buffer)],
	};
}

export function decodeIntent(b: Uint8Array): RawIntent {
	return {
		mode: modes[b[4]!]!,
		confidence: b[5]! / 100,
		topics: recordsOf(b, b[6]!).map((r) => ({ topic: number(r, 0, 2), confidence: r[2]! / 100 })),
	};
}

export function decodeFailure(b: Uint8Array): Failure {
	return {
		status: b[4]!,
		cause: b[5]!,
		index: number(b, 8, 4) | 0,
		text: new TextDecoder().decode(afterHead(b)),
	};
}
