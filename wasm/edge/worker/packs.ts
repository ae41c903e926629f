// The pack at hand: the bundled one, or what KV or R2 has, looked for in the background.

import type { Config, Env } from "./config.js";
import { tell } from "./log.js";

/** FRESH_MS is how long a pack is not looked for again; the bundle has it in its place. */
declare const FRESH_MS: number;
/** patienceMs is how long the first page may wait for the first pack. */
const patienceMs = 1000;
/** maxBytes is the most of a pack: an isolate has 128 MB, and while a pack takes another's place there are two, each twice. */
const maxBytes = 24 << 20;

/** headBytes is how much of a pack says which one it is. */
const headBytes = 24;

/** versionOf returns the version of a pack by its first headBytes: its checksum, in 16 digits. */
export const versionOf = (head: Uint8Array): string =>
	[...head.subarray(16, headBytes)].reverse().map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Packs has packs opened, as what open returns; it throws where one is not good. The pack's bytes must stay as they are. */
export class Packs<T> {
	/** last is the last one that was good. */
	last: T | undefined;
	/** The pack that was seen last, good or not. */
	#seen = "";
	#lookedMs = -Infinity;

	constructor(readonly open: (bytes: Uint8Array) => T, readonly from: Config["pack"], bundled: Uint8Array) {
		if (bundled.length) this.#take(bundled);
	}

	/** current returns the pack at hand, and has a newer one looked for when it is time. The first page waits for the first pack; those
	 * that come meanwhile do not. */
	current(env: Env, context: ExecutionContext): T | undefined | Promise<T | undefined> {
		const nowMs = Date.now();
		if (!this.from || nowMs - this.#lookedMs < FRESH_MS) return this.last;
		this.#lookedMs = nowMs;
		const looking = this.#look(env).catch((e) => tell("pack", e));
		context.waitUntil(looking);
		return this.last ?? Promise.race([looking, new Promise((done) => setTimeout(done, patienceMs))]).then(() => this.last);
	}

	async #look(env: Env): Promise<void> {
		const { from } = this;
		const body = !from ? null : "kv" in from ? await env.NABIJ_KV?.get(from.kv, "stream") : (await env.NABIJ_R2?.get(from.r2))?.body;
		if (!body) throw new Error("there is none: the one before stays");
		const bytes = await read(body, (head) => versionOf(head) !== this.#seen);
		if (bytes) this.#take(bytes);
	}

	/** take makes a pack the one at hand, as a whole or not at all. */
	#take(bytes: Uint8Array): void {
		this.#seen = versionOf(bytes);
		try {
			this.last = this.open(bytes);
		} catch (e) {
			tell("pack", e);
		}
	}
}

/** read reads a stream, unless its first headBytes are not wanted. */
async function read(body: ReadableStream<Uint8Array>, wanted: (head: Uint8Array) => boolean): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	let asked = false;
	const reader = body.getReader();
	for (;;) {
		const { value, done } = await reader.read();
		if (value) chunks.push(value);
		size += value?.length ?? 0;
		if (size > maxBytes) {
			await reader.cancel();
			throw new Error(`more than ${maxBytes} bytes`);
		}
		if (!asked && (size >= headBytes || done)) {
			asked = true;
			if (!wanted(joined(chunks, size))) return void await reader.cancel();
		}
		if (done) return joined(chunks, size);
	}
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
	const all = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		all.set(chunk, at);
		at += chunk.length;
	}
	return all;
}
