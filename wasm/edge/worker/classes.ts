// The class of a request: all that may count in a page, in at most 96 values. Go's spelling is package host/edge/moment; both are
// tested on wasm/edge/testdata/classes.json.

import type { Counting, Dimension } from "./config.js";
import { localIn, quarterMs, type Local } from "./zones.js";

/** Asked is all of a request that a class is made of. */
export interface Asked {
	header: (name: string) => string | null;
	/** The page's address. */
	url: string;
	/** The visitor's time zone by its IANA name. */
	zone: string | undefined;
	/** The visitor's country by ISO 3166-1. */
	country: string | undefined;
}

/** Daypart, day, device, region and referrer as classes of the pack, 0 for not known; then 1 + the language's index, or 0. */
export type Class = readonly [number, number, number, number, number, number];

const usual: readonly Dimension[] = ["moment", "device"];

export const counts = ({ classes = usual }: Counting, dimension: Dimension): boolean => classes.includes(dimension);

/** classOf returns the class of a request at a time. */
export function classOf(c: Counting, languages: readonly string[], asked: Asked, nowMs: number): Class {
	const header = (name: string): string => asked.header(name)?.trim() ?? "";
	const moment = counts(c, "moment") && asked.zone ? momentIn(asked.zone, nowMs) : undefined;
	const mobile = counts(c, "device") ? header("sec-ch-ua-mobile") : "";
	const region = counts(c, "region");
	const referrer = counts(c, "referrer");
	const told = (region || referrer) && header("sec-gpc") !== "1";
	return [
		moment?.daypart ?? 0,
		moment?.day ?? 0,
		mobile === "?1" ? 7 : mobile === "?0" ? 9 : 0,
		told && region ? regionOf(c, asked.country) : 0,
		told && referrer ? cameFrom(header("referer"), asked.url) : 0,
		counts(c, "language") ? preferred(languages, header("accept-language")) : 0,
	];
}

/** varyOf returns the headers on which pages depend. Save-Data is one always: who asks for less gets the page as its origin has it. */
export const varyOf = (c: Counting): string[] => [
	...(counts(c, "device") ? ["Sec-CH-UA-Mobile"] : []),
	...(counts(c, "referrer") ? ["Referer"] : []),
	...(counts(c, "language") ? ["Accept-Language"] : []),
	...(counts(c, "region") || counts(c, "referrer") ? ["Sec-GPC"] : []),
	"Save-Data",
];

interface Moment {
	daypart: number;
	day: number;
	/** When the daypart ends, as a time of the clock. */
	endMs: number;
}

const daypartHours = 6;
/** maxZones is more than there are. */
const maxZones = 1000;
/** Where zones are at a quarter of an hour: all of them change their offsets at the start of one. */
const moments = new Map<string, { quarter: number; moment: Moment | undefined; local: Local | undefined }>();

/** momentIn returns the moment in a zone, or undefined where there is no such zone. */
export function momentIn(zone: string, nowMs: number): Moment | undefined {
	const quarter = Math.floor(nowMs / quarterMs);
	const known = moments.get(zone);
	if (known?.quarter === quarter) return known.moment;
	if (moments.size >= maxZones) moments.clear();
	const local = known ? known.local : localIn(zone);
	const moment = local && readMoment(local, quarter * quarterMs);
	moments.set(zone, { quarter, moment, local });
	return moment;
}

function readMoment(local: Local, atMs: number): Moment {
	const { hour, weekend } = local(atMs);
	const part = Math.floor(hour / daypartHours);
	// By steps, and not by subtraction: a night may be an hour longer or shorter.
	let endMs = atMs + quarterMs;
	while (Math.floor(local(endMs).hour / daypartHours) === part) endMs += quarterMs;
	return { daypart: 1 + part, day: weekend ? 6 : 5, endMs };
}

const regionOf = (c: Counting, country = ""): number => {
	const k = (c.regions ?? []).findIndex((group) => group.includes(country.toUpperCase()));
	return k < 0 ? 0 : 10 + k;
};

/** cameFrom looks at the host alone, by the rules of web/src/context.ts. A referrer that cannot be read says nothing. */
function cameFrom(referrer: string, url: string): number {
	let host = "";
	try {
		// URL knows hosts of few schemes; that of an app is where theirs is.
		host = new URL(referrer.replace(/^[a-z][a-z0-9+.-]*:\/\//i, (scheme) => (/^http/i.test(scheme) ? scheme : "http://"))).hostname;
	} catch {
		// It is none.
	}
	if (!host) return 18;
	if (host === new URL(url).hostname) return 0;
	if (/\bmail\.|^outlook\./.test(host)) return 21;
	if (/\b(google|bing|duckduckgo|ecosia|startpage|qwant|yahoo)\./.test(host)) return 19;
	if (/\b(facebook|instagram|t\.co|linkedin|pinterest|reddit|tiktok|youtube|bsky)\b/.test(host)) return 20;
	return 22;
}

/** preferred returns 1 + the index of that language which the header prefers, the first one of those that it likes as much, or 0. */
function preferred(languages: readonly string[], accept: string): number {
	let found = 0;
	let best = 0;
	for (const entry of accept.toLowerCase().split(",")) {
		const at = entry.indexOf(";");
		const weight = at < 0 ? "1" : /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/.exec(entry.slice(at + 1))?.[1];
		const q = Number(weight ?? 0);
		const n = findLanguage(languages, (at < 0 ? entry : entry.slice(0, at)).trim());
		if (n && q > best) [found, best] = [n, q];
	}
	return found;
}

/** findLanguage returns 1 + the index of a language by its tag in small letters, or by what stands before its first hyphen, or 0. */
export const findLanguage = (languages: readonly string[], tag: string): number =>
	1 + Math.max(languages.indexOf(tag), languages.indexOf(tag.split("-")[0]!));
