// The Worker before a site: pages leave with their slots filled, for page, moment and device. What goes wrong leaves the origin's page
// as it is.

import wasm from "./nabij.wasm";
import bundled from "./site.pack";
import { cachesControl, describe, keepingOf, matches, originsTags, storedSeconds, taggedFor, variantKey, visitorsControl, type Variant } from "./cache.js";
import { classOf, counts, momentIn, varyOf } from "./classes.js";
import type { Config, Env } from "./config.js";
import { tell, unanswered } from "./log.js";
import { Packs } from "./packs.js";
import { addedBy, Filler } from "./rewrite.js";
import { Site } from "./site.js";

/** CONFIG is edge.json, which the bundle has in its place. */
declare const CONFIG: Config;
const config = CONFIG;

const added = addedBy(config);
const vary = varyOf(config);
/** What the origin's Vary may name, of a page that is kept. Save-Data's pages never are, and the bytes are kept without an encoding. */
const known = ["accept-encoding", "save-data", ...(counts(config, "device") ? ["sec-ch-ua-mobile"] : [])];
const packs = new Packs((bytes) => new Filler(new Site(wasm, bytes), added), config.pack, new Uint8Array(bundled));

/** Addresses whose pages were not to be kept when they came last, so that the cache is not asked for them in vain. */
const unkept = new Set<string>();
const maxUnkept = 2000;
/** maxKept is the most bytes of a page that is kept. */
const maxKept = 4 << 20;

export default {
	async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
		context.passThroughOnException();
		const { url } = request;
		if (url.startsWith("/_nabij/", url.indexOf("/", 8))) return answer(request, env);
		try {
			return await (mayBePage(request) ? page(request, env, context) : origin(request, env));
		} catch (e) {
			tell("origin", e);
			return new Response("The site's own server does not answer.\n", { status: 502, headers: { "cache-control": "no-store" } });
		}
	},
};

/** Regular expressions are few on a page's usual way: each takes a new instance of the Worker longer than what it is used for. */
const destinations = ["", "document", "iframe", "frame", "empty"];

/** mayBePage leaves out what is asked for as something else than a page, and visitors who want less. */
function mayBePage({ method, headers }: Request): boolean {
	return (method === "GET" || method === "HEAD") && !headers.has("upgrade") && headers.get("save-data")?.trim().toLowerCase() !== "on"
		&& destinations.includes(headers.get("sec-fetch-dest") ?? "");
}

function origin(request: Request, env: Env): Promise<Response> {
	if (config.origin) {
		const { pathname, search } = new URL(request.url);
		return fetch(new Request(new URL(pathname + search, config.origin).href, request));
	}
	return env.ASSETS ? env.ASSETS.fetch(request) : fetch(request);
}

async function page(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
	const { url, headers } = request;
	const nowMs = Date.now();
	const found = packs.current(env, context);
	const filler = found instanceof Promise ? await found : found;
	if (!filler) return origin(request, env);
	const { site } = filler;
	const { timezone: zone, country } = request.cf ?? {};
	const visitor = classOf(config, site.pack.languages, { header: (name) => headers.get(name), url, zone, country }, nowMs);
	const variant: Variant = { class: visitor.join("."), version: site.version };
	const moment = zone && visitor[0] ? momentIn(zone, nowMs) : undefined;
	const leftSeconds = moment ? Math.ceil((moment.endMs - nowMs) / 1000) : Infinity;
	const asked = headers.get("if-none-match");

	if (!unkept.has(url) && !headers.has("authorization")) {
		const kept = await caches.default.match(variantKey(url, variant)).catch((e: unknown) => tell("cache", e));
		if (kept) return ofKept(kept, request, leftSeconds, nowMs);
	}
	const response = await origin(conditioned(request, variant), env);
	if (response.status === 304 && asked !== null) return unchanged(response, variant, asked, leftSeconds, nowMs);
	if (!isPage(response)) return response;

	const keeping = keepingOf(response.headers, nowMs);
	const seconds = storedSeconds(request, response.headers, keeping, known);
	const theirs = visitorsControl(keeping, leftSeconds);
	if (request.method === "HEAD") {
		const head = new Response(null, response);
		describe(head.headers, variant, vary);
		head.headers.set("cache-control", theirs);
		return head;
	}
	const zipped = response.headers.has("content-encoding");
	let filled = filler.fill(response, visitor, variant.class, url);
	describe(filled.headers, variant, vary);
	if (zipped && filled.body) {
		const body = await readable(filled.body);
		if (!body) return origin(request, env); // as it is, for the browser to say
		filled = new Response(body, filled);
	}
	if (seconds > 0 && Number(response.headers.get("content-length")) <= maxKept && filled.body) {
		unkept.delete(url);
		const [body, copy] = filled.body.tee();
		const kept = new Response(atMost(copy, maxKept), filled);
		kept.headers.set("cache-control", cachesControl(keeping));
		context.waitUntil(caches.default.put(variantKey(url, variant), kept).catch((e: unknown) => tell("cache", e)));
		filled = new Response(body, filled);
	} else {
		if (unkept.size >= maxUnkept) unkept.clear();
		unkept.add(url);
	}
	filled.headers.set("cache-control", theirs);
	return filled;
}

/** conditioned is what the origin is asked for a visitor: of a page all of it, unless the visitor has this very variant. */
function conditioned(request: Request, variant: Variant): Request {
	const { headers } = request;
	const asked = headers.get("if-none-match");
	const partly = ["if-modified-since", "range", "if-range"].filter((name) => headers.has(name));
	if (asked === null && !partly.length) return request;
	const navigation = !!headers.get("accept")?.includes("text/html") || headers.get("sec-fetch-dest") === "document";
	const drop = navigation ? partly : [];
	const tags = asked === null ? null : originsTags(asked, variant, navigation);
	if (tags === asked && !drop.length) return request;
	const changed = new Headers(headers);
	for (const name of drop) changed.delete(name);
	if (tags === null) changed.delete("if-none-match");
	else changed.set("if-none-match", tags);
	return new Request(request, { headers: changed });
}

const usualTypes = ["text/html", "text/html;charset=utf-8"];
const types = new Map<string, boolean>();

/** isHTML tells whether a content type is HTML, in an encoding in which ASCII is ASCII. */
function isHTML(type: string): boolean {
	let is = usualTypes.includes(type.toLowerCase().replace(" ", "")) || types.get(type);
	if (is === undefined) {
		try {
			is = /^\s*text\/html\s*(;|$)/i.test(type)
				&& !/^(utf-16|iso-2022|replacement)/.test(new TextDecoder(/;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1]).encoding);
		} catch {
			is = false; // no such encoding
		}
		if (types.size < 100) types.set(type, is);
	}
	return is;
}

const encodings = ["", "gzip", "br", "identity"];

/** isPage tells whether a response is HTML to be shown, the whole of it. */
function isPage({ status, headers }: Response): boolean {
	if (status !== 200 || !isHTML(headers.get("content-type") ?? "") || headers.has("content-range")) return false;
	const encoding = headers.get("content-encoding");
	const disposition = headers.get("content-disposition");
	return (encoding === null || encodings.includes(encoding.trim().toLowerCase())) && (disposition === null || !/^\s*attachment/i.test(disposition));
}

/** unchanged passes on that the origin's page is what a variant was made of. */
function unchanged(response: Response, variant: Variant, asked: string, leftSeconds: number, nowMs: number): Response {
	const tags = originsTags(asked, variant, true);
	if (tags === null) return response; // it is no page of ours
	const passed = new Response(null, response);
	describe(passed.headers, variant, vary);
	if (!passed.headers.has("etag")) passed.headers.set("etag", taggedFor(tags.split(", ")[0]!, variant)!);
	// What its origin has said with the page holds where it says nothing now.
	if (response.headers.has("cache-control") || response.headers.has("expires")) {
		passed.headers.set("cache-control", visitorsControl(keepingOf(response.headers, nowMs), leftSeconds));
	}
	return passed;
}

function ofKept(kept: Response, { method, headers }: Request, leftSeconds: number, nowMs: number): Response {
	const same = matches(headers.get("if-none-match"), kept.headers.get("etag"));
	const bare = same || method === "HEAD";
	if (bare) void kept.body?.cancel();
	const passed = bare ? new Response(null, { status: same ? 304 : 200, headers: kept.headers }) : new Response(kept.body, kept);
	passed.headers.set("cache-control", visitorsControl(keepingOf(kept.headers, nowMs), leftSeconds));
	for (const name of ["age", "cf-cache-status"]) passed.headers.delete(name);
	return passed;
}

/** readable returns a page again, if it begins: of one whose compression is broken nothing could be read, and the runtime would send an
 * empty page. */
async function readable(page: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array> | undefined> {
	const [body, begin] = page.tee();
	const reader = begin.getReader();
	try {
		await reader.read();
		void reader.cancel();
		return body;
	} catch (e) {
		tell("page", e);
		body.cancel().catch(() => {});
		return undefined;
	}
}

/** atMost passes a stream on that ends in an error if it is longer, so that nothing of it is kept. */
function atMost(body: ReadableStream<Uint8Array>, max: number): ReadableStream<Uint8Array> {
	let size = 0;
	return body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
		transform: (chunk, to) => {
			if ((size += chunk.length) > max) throw new Error("a page that is too large to be kept");
			to.enqueue(chunk);
		},
	}));
}

/** answer is for what the edge answers itself, which the Worker of answers.ts does where one is bound. Of a request it gets what its answers
 * depend on: no cookie and no address. */
async function answer(request: Request, env: Env): Promise<Response> {
	try {
		if (!env.NABIJ_ANSWERS) throw new Error("NABIJ_ANSWERS is not bound");
		const { method, headers, cf } = request;
		const url = new URL(request.url);
		const untold = url.pathname === "/_nabij/suggest" && !url.searchParams.has("class");
		if (untold) {
			const asked = { header: (name: string) => headers.get(name), url: request.url, zone: cf?.timezone, country: cf?.country };
			// But for the language, whose number is of a pack: for a minute the other Worker may have another one.
			url.searchParams.set("class", classOf(config, [], asked, Date.now()).slice(0, 5).join("."));
		}
		const passed = new Headers();
		for (const name of ["accept", "accept-language", "if-none-match", "referer", "sec-ch-ua-mobile", "sec-gpc"]) {
			const value = headers.get(name);
			if (value !== null) passed.set(name, value);
		}
		const response = await env.NABIJ_ANSWERS.fetch(new Request(url.href, { method, headers: passed }));
		if (!untold || !response.headers.get("cache-control")?.startsWith("private")) return response;
		// It does not know when the class's moment ends.
		const own = new Response(response.body, response);
		own.headers.set("cache-control", "private, no-cache");
		return own;
	} catch (e) {
		return unanswered(e);
	}
}
