// The module's contract, as wasm/ABI.md has it. Go's spelling is package wasm/abi; both are tested on the same vectors.

export const abiVersion = 1;
export const noItem = 0xffffffff;
export const noTopic = 0xffff;

/** Kinds of signals; a kind's number is its place. */
export const signalKinds = ["", "view", "engaged", "scroll", "search", "filter", "basket-add", "basket-remove", "purchase",
	"shown", "chosen", "dismissed", "preference"] as const;
export type SignalKind = Exclude<(typeof signalKinds)[number], "">;

/** What a signal came to; an outcome's number is its place. */
export const outcomes = ["counted", "undeclared", "sensitive", "meaningless"] as const;
export type Outcome = (typeof outcomes)[number];

/** Why an item is suggested; a code's number is its place. */
export const reasonCodes = ["", "popular-now", "same-topic", "similar", "often-together", "in-topic", "you-asked", "pick-up",
	"related"] as const;
export type ReasonCode = Exclude<(typeof reasonCodes)[number], "">;

/** What a visit is busy with; a mode's number is its place. */
export const modes = ["exploring", "comparing", "deciding", "needing-help"] as const;
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
	/** In millionths. */
	score: number;
	/** In thousandths; 0 unless asked for. */
	lift: number;
	reason: ReasonCode;
	reasonItem: number;
	reasonTopic: number;
}

export interface RawReply {
	layer: number;
	face: number;
	faces: number;
	/** In 256ths of a bit. */
	bitsSpent: number;
	bitsLeft: number;
	suggestions: RawSuggestion[];
	/** The items of all lists that the page could show, one list after another: what is fetched for one is fetched for all. */
	public: number[];
}

export interface RawIntent {
	mode: Mode;
	/** In percent, as are the following. */
	confidence: number;
	evidence: number[];
	topics: { topic: number; confidence: number }[];
}

export interface Failure {
	status: number;
	cause: number;
	index: number;
	got: number;
	text: string;
}

const view = (size: number, head: number): DataView => {
	const v = new DataView(new ArrayBuffer(size));
	v.setUint16(0, abiVersion, true);
	v.setUint16(2, head, true);
	return v;
};
const bytes = (v: DataView): Uint8Array => new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
const viewOf = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength);

const setTime = (v: DataView, at: number, ms: number): void => {
	v.setUint32(at, ms, true);
	v.setUint32(at + 4, ms / 2 ** 32, true);
};

/** maxBatch is the most signals of one message. */
export const maxBatch = 256;
/** maxText is the most bytes of a signal's text. */
export const maxText = 256;

/** Texts beyond maxText bytes are cut, between characters. */
export function encodeSignals(signals: readonly RawSignal[]): Uint8Array {
	const texts = signals.map((s) => {
		const text = new Uint8Array(maxText);
		return text.subarray(0, new TextEncoder().encodeInto(s.text, text).written);
	});
	let at = 8 + 24 * signals.length;
	const v = view(texts.reduce((n, text) => n + text.length, at), 8);
	v.setUint16(4, signals.length, true);
	v.setUint16(6, 24, true);
	signals.forEach((s, k) => {
		const r = 8 + 24 * k;
		const text = texts[k]!;
		v.setUint8(r, signalKinds.indexOf(s.kind));
		v.setUint16(r + 2, s.topic, true);
		v.setUint32(r + 4, s.item, true);
		setTime(v, r + 8, s.atMs);
		v.setUint32(r + 16, s.value, true);
		v.setUint16(r + 20, text.length, true);
		bytes(v).set(text, at);
		at += text.length;
	});
	return bytes(v);
}

export const decodeOutcomes = (b: Uint8Array): Outcome[] =>
	[...b.subarray(viewOf(b).getUint16(2, true))].map((o) => outcomes[o]!);

export function encodeRequest(q: RawRequest): Uint8Array {
	const v = view(28, 28);
	v.setUint8(4, q.slot);
	v.setUint8(5, q.size);
	v.setUint8(6, q.layer);
	v.setUint8(7, +q.explain | (+q.public << 1));
	setTime(v, 8, q.nowMs);
	v.setUint32(16, q.item, true);
	v.setUint16(20, q.topic, true);
	bytes(v).set(q.context, 22);
	return bytes(v);
}

export function decodeReply(b: Uint8Array): RawReply {
	const v = viewOf(b);
	const head = v.getUint16(2, true);
	const size = v.getUint16(12, true);
	const end = head + b[7]! * size;
	return {
		layer: b[4]!,
		face: b[5]!,
		faces: b[6]!,
		bitsSpent: v.getUint16(8, true),
		bitsLeft: v.getUint16(10, true),
		suggestions: Array.from({ length: b[7]! }, (_, k) => {
			const r = head + k * size;
			return {
				item: v.getUint32(r, true),
				score: v.getUint32(r + 4, true),
				lift: v.getUint32(r + 8, true),
				reason: reasonCodes[b[r + 18]!] as ReasonCode,
				reasonItem: v.getUint32(r + 12, true),
				reasonTopic: v.getUint16(r + 16, true),
			};
		}),
		public: Array.from({ length: v.getUint16(14, true) }, (_, k) => v.getUint32(end + 4 * k, true)),
	};
}

export function encodeMoment(nowMs: number): Uint8Array {
	const v = view(12, 12);
	setTime(v, 4, nowMs);
	return bytes(v);
}

export function decodeIntent(b: Uint8Array): RawIntent {
	const v = viewOf(b);
	const head = v.getUint16(2, true);
	const size = v.getUint16(12, true);
	return {
		mode: modes[b[4]!]!,
		confidence: b[5]!,
		evidence: [...b.subarray(8, 12)],
		topics: Array.from({ length: b[6]! }, (_, k) => ({
			topic: v.getUint16(head + k * size, true),
			confidence: b[head + k * size + 2]!,
		})),
	};
}

export function decodeFailure(b: Uint8Array): Failure {
	const v = viewOf(b);
	return {
		status: b[4]!,
		cause: b[5]!,
		index: v.getInt32(8, true),
		got: v.getUint32(12, true) + v.getUint32(16, true) * 2 ** 32,
		text: new TextDecoder().decode(b.subarray(v.getUint16(2, true))),
	};
}
