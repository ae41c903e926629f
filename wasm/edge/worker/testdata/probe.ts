// A Worker for tests: it answers what a part of the worker makes of the request's JSON.

import wasm from "./nabij.wasm";
import bundled from "./site.pack";
import { classOf, varyOf, type Class } from "../classes.js";
import { intlWords, priceWords } from "../price.js";
import { intlIn, localIn } from "../zones.js";
import type { Config, Counting } from "../config.js";
import { addedBy, Filler } from "../rewrite.js";
import { Site } from "../site.js";
import type { Item } from "../../../../web/src/pack.js";

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

interface PriceCase {
	languages: string[];
	currency: string;
	prices: number[];
}

interface ZoneCase {
	zones: string[];
	times: number[];
}

const site = new Site(wasm, new Uint8Array(bundled));

export default {
	async fetch(request: Request): Promise<Response> {
		if (request.url.endsWith("/class")) return Response.json(classed(await request.json()));
		if (request.url.endsWith("/prices")) return Response.json(priced(await request.json()));
		if (request.url.endsWith("/zones")) return Response.json(timed(await request.json()));
		const { url, html, class: name, config = {} } = (await request.json()) as PageCase;
		const response = new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
		return new Filler(site, addedBy(config)).fill(response, name.split(".").map(Number) as unknown as Class, name, url);
	},
};

function classed({ config, headers, host, zone, country, now }: ClassCase): unknown {
	const has = new Headers(headers ?? {});
	const asked = { header: (name: string): string | null => has.get(name), url: `http://${host || "x"}:8080/`, zone, country };
	return { class: classOf(config, config.languages ?? [], asked, Date.parse(now)).join("."), vary: varyOf(config).join(", ") };
}

/** priced has, of each language and price, what the worker writes, and what Intl does; and whether that was without Intl. */
function priced({ languages, currency, prices }: PriceCase): unknown {
	return languages.flatMap((language) => prices.map((price) => {
		const tag = language || undefined;
		const { NumberFormat } = Intl;
		let asked = false;
		Intl.NumberFormat = new Proxy(NumberFormat, { construct: (of, args) => ((asked = true), Reflect.construct(of, args)) });
		const got = priceWords(tag, { price, currency } as Item);
		Intl.NumberFormat = NumberFormat;
		return { language, price, got, want: intlWords(tag, currency.toUpperCase(), price), asked };
	}));
}

/** timed has, of each zone, the times at which the worker tells another hour or weekend than Intl, and whether Intl was asked for the last of them. */
function timed({ zones, times }: ZoneCase): unknown {
	return zones.map((zone) => {
		const { DateTimeFormat } = Intl;
		let asked = false;
		Intl.DateTimeFormat = new Proxy(DateTimeFormat, { construct: (of, args) => ((asked = true), Reflect.construct(of, args)) });
		const got = localIn(zone);
		const told = times.map((ms) => JSON.stringify(got?.(ms)));
		Intl.DateTimeFormat = DateTimeFormat;
		const want = intlIn(zone);
		return { zone, known: !!got, differ: times.filter((ms, k) => told[k] !== JSON.stringify(want?.(ms))), asked };
	});
}
