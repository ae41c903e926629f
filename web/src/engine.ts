import { abiVersion, decodeFailure, type Failure } from "./abi.js";

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

/** Engine calls an instance of the module with a pack, one visit at a time: what a call takes and gives stands in abi.ts. What
 * the module refuses is thrown as a NabijError with its failure, and changes nothing; after any other error it is broken. */
export type Engine = (name: "observe" | "suggest" | "intent" | "save" | "restore" | "reset", message?: Uint8Array) => Uint8Array;

/** openEngine opens a pack in a new instance of the module. The pack's bytes are copied. */
export function openEngine(instance: WebAssembly.Instance, pack: Uint8Array): Engine {
	const x = instance.exports as unknown as Exports;
	x._initialize();
	if (x.version() !== abiVersion) {
		throw new NabijError(`module version ${x.version()}, script ${abiVersion}`);
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
	return call;
}
