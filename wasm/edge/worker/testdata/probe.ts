// A Worker for tests: it answers what a part of the worker makes of the request's JSON.

import wasm from "./nabij.wasm";
import bundled from "./site.pack";
import { classOf, varyOf, type Class } from "../classes.js";
import type { Config, Counting } from "../config.js";
import { addedBy, rewriter } from "../rewrite.js";
import { Site } from "../site.js";

interface ClassCase {
	config: Counting & { languages?: string[] };
	headers?: Record<string, string>;
	host?: string;
	zone?: string;
	country?: string;
	now: string;
}

interface PageCase {
	url: string;
	html: string;
	class: string;
	config?: Config;
}

const site = new Site(wasm, new Uint8Array(bundled));

export default {
	async fetch(request: Request): Promise<Response> {
		if (request.url.endsWith("/class")) return Response.json(classed(await request.json()));
		const { url, html, class: name, config = {} } = (await request.json()) as PageCase;
		return rewriter(site, name.split(".").map(Number) as unknown as Class, url, addedBy(config))
			.transform(new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } }));
	},
};

function classed({ config, headers, host, zone, country, now }: ClassCase): unknown {
	const has = new Headers(headers ?? {});
	const asked = { header: (name: string): string | null => has.get(name), url: `http://${host || "x"}:8080/`, zone, country };
	return { class: classOf(config, config.languages ?? [], asked, Date.parse(now)).join("."), vary: varyOf(config).join(", ") };
}
