// The module's contract, as wasm/ABI.md has it. Go's spelling is package wasm/abi; both are tested on the same vectors.

export const abiVersion = 1;
export const noItem = 0xffffffff;
export const noTopic = 0xffff;

type Split<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Split<Rest> : S;
export const split = <S extends string>(words: S): Split<S>[] => words.split(" ") as Split<S>[];

/** Kinds of signals; a kind's number is its place. */
export const signalKinds = split(
	" view engaged scroll search filter basket-add basket-remove purchase shown chosen dismissed preference");
export type SignalKind = Exclude<(typeof signalKinds)[number], "">;

/** What a signal came to; an outcome's number is its place. */
export const outcomes = split("counted undeclared sensitive meaningless");
export type Outcome = (typeof outcomes)[number];

/** Why an item is suggested; a code's number is its place. */
export const reasonCodes = split(" popular-now same-topic similar often-together in-topic you-asked pick-up related");
export type ReasonCode = Exclude<(typeof reasonCodes)[number], "">;

/** What a visit is busy with; a mode's number is its place. */
export const modes = split("exploring comparing deciding needing-help");
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
	reason: ReasonCode;
	reasonItem: number;
	reasonTopic: number;
}

export interface RawReply {
	layer: number;
	face: number;
	faces: number;
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

// What these read and write in words is little-endian, as is every machine on which browsers run WebAssembly.
const message = (...words: number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);
const wordsOf = (b: Uint8Array): Uint32Array => new Uint32Array(b.buffer, 0, b.length >> 2);

/** maxText is the most bytes of a signal's text. */
const maxText = 256;

/** At most 256 signals. Texts beyond maxText bytes are cut, between characters. */
export function encodeSignals(signals: readonly RawSignal[]): Uint8Array {
	const texts = signals.map((s) => {
		const text = new Uint8Array(maxText);
		return text.subarray(0, new TextEncoder().encodeInto(s.text, text).written);
	});
	const records = message(abiVersion | (8 << 16), signals.length | (24 << 16), ...signals.flatMap((s, k) => [
		signalKinds.indexOf(s.kind) | (s.topic << 16), s.item, s.atMs, s.atMs / 2 ** 32, s.value, texts[k]!.length,
	]));
	return Uint8Array.from([records, ...texts].flatMap((b) => [...b]));
}

export const decodeOutcomes = (b: Uint8Array): Outcome[] => [...b.subarray(wordsOf(b)[0]! >> 16)].map((o) => outcomes[o]!);

export function encodeRequest(q: RawRequest): Uint8Array {
	const b = message(abiVersion | (28 << 16), 0, q.nowMs, q.nowMs / 2 ** 32, q.item, q.topic, 0);
	b.set([q.slot, q.size, q.layer, +q.explain | (+q.public << 1)], 4);
	b.set(q.context, 22);
	return b;
}

// The replies below are copies, so that words start where words can.

export function decodeReply(b: Uint8Array): RawReply {
	const w = wordsOf(b);
	const record = (w[3]! & 0xffff) >> 2;
	const head = w[0]! >> 18;
	const end = head + b[7]! * record;
	return {
		layer: b[4]!,
		face: b[5]!,
		faces: b[6]!,
		bitsSpent: (w[2]! & 0xffff) / 256,
		bitsLeft: (w[2]! >>> 16) / 256,
		suggestions: Array.from({ length: b[7]! }, (_, k) => {
			const [item, score, lift, reasonItem, reason] = w.subarray(head + k * record) as unknown as [number, number, number, number, number];
			return { item, score: score / 1e6, lift: lift / 1000, reason: reasonCodes[(reason >> 16) & 255] as ReasonCode, reasonItem, reasonTopic: reason & 0xffff };
		}),
		public: [...w.subarray(end, end + (w[3]! >>> 16))],
	};
}

export const encodeMoment = (nowMs: number): Uint8Array => message(abiVersion | (12 << 16), nowMs, nowMs / 2 ** 32);

export function decodeIntent(b: Uint8Array): RawIntent {
	const w = wordsOf(b);
	return {
		mode: modes[b[4]!]!,
		confidence: b[5]! / 100,
		topics: Array.from({ length: b[6]! }, (_, k) => {
			const topic = w[(w[0]! >> 18) + k * ((w[3]! & 0xffff) >> 2)]!;
			return { topic: topic & 0xffff, confidence: ((topic >> 16) & 255) / 100 };
		}),
	};
}

export function decodeFailure(b: Uint8Array): Failure {
	const w = wordsOf(b);
	return {
		status: b[4]!,
		cause: b[5]!,
		index: w[2]! | 0,
		text: new TextDecoder().decode(b.subarray(w[0]! >> 16)),
	};
}
