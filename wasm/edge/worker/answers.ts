// The Worker that answers what begins with /_nabij/. It stands behind the one before the site, which starts without its 8 MB of Go, and
// which alone reaches it.

import wasm from "./nabij.wasm";
import bundled from "./site.pack";
import { answer } from "./go.mjs";
import { openEngine } from "../../../web/src/engine.js";
import type { Config, Env } from "./config.js";
import { unanswered } from "./log.js";
import { Packs } from "./packs.js";

/** CONFIG is edge.json, which the bundle has in its place. */
declare const CONFIG: Config;
const text = JSON.stringify(CONFIG);

/** A pack is good if the module takes it, as it must where pages are filled; after that, Go reads it. */
const packs = new Packs((bytes) => {
	openEngine(new WebAssembly.Instance(wasm), bytes);
	return bytes;
}, CONFIG.pack, new Uint8Array(bundled));

export default {
	async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
		try {
			await packs.current(env, context);
			return await answer(request, () => packs.last, text);
		} catch (e) {
			return unanswered(e);
		}
	},
};
