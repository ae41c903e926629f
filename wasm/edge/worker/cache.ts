// What may be kept of a page, by whom, and how long.

/** Variant is which of a page's variants this is: the class, and the version of the pack. */
export interface Variant {
	readonly class: string;
	readonly version: string;
}

/** variantKey is the address under which the Cache API has a variant. */
export const variantKey = (url: string, v: Variant): string =>
	`${url.slice(0, url.indexOf("/", 8))}/_nabij/variant/${v.version}/${v.class}/${encodeURIComponent(url)}`;

export type Directives = ReadonlyMap<string, string>;

/** directivesOf reads Cache-Control. Of a directive that stands twice the first counts. */
export function directivesOf(headers: Headers): Directives {
	const found = new Map<string, string>();
	for (const part of (headers.get("cache-control") ?? "").split(",")) {
		const [name, value = ""] = part.trim().split("=", 2) as [string, string?];
		if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), value.replaceAll('"', ""));
	}
	return found;
}

/** secondsOf returns a directive's seconds; undefined where it is not there, 0 where it cannot be read. */
const secondsOf = (d: Directives, name: string): number | undefined =>
	d.has(name) ? (/^\d{1,10}$/.test(d.get(name)!) ? Number(d.get(name)) : 0) : undefined;

/** expiresIn returns the seconds that Expires leaves, where nothing goes before it. */
function expiresIn(headers: Headers, nowMs: number): number | undefined {
	const at = headers.get("expires");
	if (at === null) return undefined;
	const from = Date.parse(headers.get("date") ?? "");
	return Math.max(0, Math.floor((Date.parse(at) - (Number.isNaN(from) ? nowMs : from)) / 1000)) || 0;
}

/** storedSeconds returns how long a page with such headers may be kept for other visitors; 0 where it may not. varies has the headers of the request
 * that may be in its Vary, in small letters: those that are in its class. */
export function storedSeconds(request: Request, headers: Headers, d: Directives, varies: readonly string[], nowMs: number): number {
	if (d.has("private") || d.has("no-store") || d.has("no-cache") || headers.has("set-cookie")) return 0;
	if (request.headers.has("authorization") && !d.has("public") && !d.has("s-maxage")) return 0;
	const vary = (headers.get("vary") ?? "").toLowerCase().split(",").map((name) => name.trim());
	if (!vary.every((name) => !name || varies.includes(name))) return 0;
	return secondsOf(d, "s-maxage") ?? secondsOf(d, "max-age") ?? expiresIn(headers, nowMs) ?? 0;
}

/** visitorsControl returns the Cache-Control of what a visitor gets: their own browser may keep it as long as its origin says, and
 * until their moment ends, which leaves so many seconds. */
export function visitorsControl(headers: Headers, d: Directives, leftSeconds: number, nowMs: number): string {
	const age = Math.min(secondsOf(d, "max-age") ?? expiresIn(headers, nowMs) ?? 0, leftSeconds);
	return ["private", d.has("no-store") ? "no-store" : d.has("no-cache") ? "no-cache" : `max-age=${age}`,
		...["must-revalidate", "no-transform"].filter((name) => d.has(name))].join(", ");
}

const tags = /(?:W\/)?"[^"]*"|\*/g;

/** taggedFor returns the ETag of a variant: weak, and unlike that of any other; null where the page's origin gave none. */
export function taggedFor(tag: string | null, v: Variant): string | null {
	const opaque = tag && /^(?:W\/)?"([^"]*)"$/.exec(tag)?.[1];
	return opaque === null || opaque === undefined ? null : `W/"${opaque}+${v.class}+${v.version}"`;
}

/** matches tells whether If-None-Match names a tag of a variant. */
export const matches = (ifNoneMatch: string | null, tag: string | null): boolean =>
	!!tag && (ifNoneMatch?.match(tags) ?? []).some((t) => t === tag || t === "*");

/** originsTags makes of If-None-Match what the origin is asked: its own tag for a variant's. Those of another class or pack go, as do those
 * without a variant where a page is asked for. Null is none. */
export function originsTags(ifNoneMatch: string, v: Variant | undefined, page: boolean): string | null {
	const asked = (ifNoneMatch.match(tags) ?? []).flatMap((tag) => {
		const ours = /^W\/"([^"]*)\+(\d+(?:\.\d+){5})\+([\da-f]{16})"$/.exec(tag);
		if (!ours) return page ? [] : [tag];
		// Whether it was weak is not known any more, and some servers compare all of it.
		return v && ours[2] === v.class && ours[3] === v.version ? [`"${ours[1]}"`, `W/"${ours[1]}"`] : [];
	});
	return asked.length ? asked.join(", ") : null;
}

/** whole are headers that are true of the origin's bytes alone. */
const whole = "content-length content-encoding last-modified accept-ranges content-md5 digest repr-digest content-digest".split(" ");

/** describe makes the headers of a page those of a variant. Cache-Control stays the origin's. */
export function describe(headers: Headers, v: Variant, vary: readonly string[]): void {
	for (const name of whole) headers.delete(name);
	const tag = headers.get("etag");
	if (tag !== null) {
		const ours = taggedFor(tag, v);
		if (ours) headers.set("etag", ours);
		else headers.delete("etag");
	}
	const have = headers.get("vary")?.split(",").map((name) => name.trim()).filter(Boolean) ?? [];
	const lower = have.map((name) => name.toLowerCase());
	headers.set("vary", [...have, ...vary.filter((name) => !lower.includes(name.toLowerCase()))].join(", "));
}
