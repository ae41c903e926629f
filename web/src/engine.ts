import {
	abiVersion, decodeFailure, decodeIntent, decodeOutcomes, decodeReply, encodeMoment, encodeRequest, encodeSignals,
	type Failure, type Outcome, type RawIntent, type RawReply, type RawRequest, type RawSignal,
} from "./abi.js";

interface Exports {
	memory: WebAssembly.Memory;
	_initialize(): void;
	version(): number;
	reserve(n: number): number;
	reply(): number;
	last_error(): number;
	[name: string]: unknown;
}

/** NabijError says what the module refused, or that it failed. */
export class NabijError extends Error {
	override readonly name = "NabijError";
	/** failure is the module's refusal, when there is one. */
	constructor(message: string, readonly failure?: Failure) {
		super(message);
	}
}

/** Engine is an instance of the module with a pack: one visit at a time. After an error without a failure it is broken. */
export interface Engine {
	/** All count, or none: then it throws. */
	observe(signals: readonly RawSignal[]): Outcome[];
	suggest(request: RawRequest): RawReply;
	intent(nowMs: number): RawIntent;
	save(): Uint8Array;
	restore(saved: Uint8Array): void;
	reset(): void;
}

/** openEngine opens a pack in a new instance of the module. The pack's bytes are copied. */
export function openEngine(instance: WebAssembly.Instance, pack: Uint8Array): Engine {
	const x = instance.exports as unknown as Exports;
	x._initialize();
	if (x.version() !== abiVersion) {
		throw new NabijError(`module version ${x.version()}, script ${abiVersion}: of another build`);
	}
	const read = (n: number): Uint8Array => new Uint8Array(x.memory.buffer, x.reply() >>> 0, n).slice();
	const call = (name: string, message: Uint8Array = new Uint8Array()): Uint8Array => {
		const at = x.reserve(message.length) >>> 0;
		if (at) new Uint8Array(x.memory.buffer).set(message, at);
		const n = at ? (x[name] as (n: number) => number)(message.length) : -1;
		if (n < 0) {
			const failure = decodeFailure(read(x.last_error()));
			throw new NabijError(`${name}: ${JSON.stringify(failure)}`, failure);
		}
		return read(n);
	};
	call("open", pack);
	return {
		observe: (signals) => decodeOutcomes(call("observe", encodeSignals(signals))),
		suggest: (request) => decodeReply(call("suggest", encodeRequest(request))),
		intent: (nowMs) => decodeIntent(call("intent", encodeMoment(nowMs))),
		save: () => call("save"),
		restore: (saved) => void call("restore", saved),
		reset: () => void call("reset"),
	};
}
