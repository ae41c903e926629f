// What may be kept of a page, by whom, and how long.

/** Variant is which of a page's variants this is: the class, and the version of the pack. */
export interface Variant {
	readonly class: string;
	readonly version: string;
}

/** variantKey is the address under which the Cache API has a variant. */
export const variantKey = (url: string, v: Variant): string =>
	`${url.slice(0, url.indexOf("/", 8))}/_nabij/variant/${v.version}/${v.class}/${encodeURIComponent(url)}`;

/** Directives are those of a Cache-Control, in small letters, with their arguments. */
type Directives = ReadonlyMap<string, string>;

/** Keeping is what an origin has said of keeping a response. */
export interface Keeping {
	readonly directives: Directives;
	/** For how many seconds browsers may keep it, and a shared cache. */
	readonly browser: number;
	readonly shared: number;
}

/** secondsOf reads a number of seconds (RFC 9111, 1.2.2): 0 where it is none, and no more than fit in 31 bits. */
const secondsOf = (text: string | null | undefined): number => (/^\d+$/.test(text ?? "") ? Math.min(Number(text), 2 ** 31 - 1) : 0);

/** dateOf reads a date as HTTP has it, and no other that the runtime would. */
const dateOf = (text: string | null): number => (/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text ?? "") ? Date.parse(text!) : NaN);

/** expiring returns for how many seconds a response may be kept that tells when it expires. */
function expiring(headers: Headers, nowMs: number): number {
	const told = headers.get("expires");
	const expires = told === null ? NaN : dateOf(told);
	if (Number.isNaN(expires)) return 0;
	const sent = dateOf(headers.get("date"));
	return Math.max(0, Math.floor((expires - (Number.isNaN(sent) ? nowMs : sent)) / 1000));
}

/** maxKnown is how many headers are kept that were read before: a site's pages say the same few. */
const maxKnown = 200;
const controls = new Map<string, Directives>();

/** directivesOf reads a Cache-Control. Of a directive that stands twice the first counts. */
function directivesOf(control: string): Directives {
	const known = controls.get(control);
	if (known) return known;
	const found = new Map<string, string>();
	for (const part of control.split(",")) {
		const at = part.indexOf("=");
		const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase();
		if (name && !found.has(name)) found.set(name, at < 0 ? "" : part.slice(at + 1).trim().replace(/^"(.*)"$/, "$1"));
	}
	if (controls.size >= maxKnown) controls.clear();
	controls.set(control, found);
	return found;
}

/** keepingOf reads headers. What was spent on the way here counts. */
export function keepingOf(headers: Headers, nowMs: number): Keeping {
	const directives = directivesOf(headers.get("cache-control") ?? "");
	const browser = directives.has("max-age") ? secondsOf(directives.get("max-age")) : expiring(headers, nowMs);
	const shared = directives.has("s-maxage") ? secondsOf(directives.get("s-maxage")) : browser;
	const spent = browser || shared ? secondsOf(headers.get("age")?.trim()) : 0;
	return { directives, browser: Math.max(0, browser - spent), shared: Math.max(0, shared - spent) };
}

/** storedSeconds returns how long a page may be kept for other visitors; 0 where it may not. varies has the headers of the request that may be
 * in its Vary, in small letters: those that are in its class. */
export function storedSeconds(request: Request, headers: Headers, { directives: d, shared }: Keeping, varies: readonly string[]): number {
	if (!shared || d.has("private") || d.has("no-store") || d.has("no-cache") || headers.has("set-cookie") || headers.has("trailer")) return 0;
	if (request.headers.has("authorization") && !d.has("public") && !d.has("s-maxage")) return 0;
	const vary = (headers.get("vary") ?? "").toLowerCase().split(",").map((name) => name.trim());
	return vary.every((name) => !name || varies.includes(name)) ? shared : 0;
}

/** further returns those directives of an origin's that stay. */
const further = (d: Directives): string => (d.has("must-revalidate") ? ", must-revalidate" : "") + (d.has("no-transform") ? ", no-transform" : "");

/** visitorsControl returns the Cache-Control of what a visitor gets: their own browser may keep it as long as its origin says, and
 * until their moment ends, which leaves so many seconds. */
export const visitorsControl = ({ directives: d, browser }: Keeping, leftSeconds: number): string =>
	`private, ${d.has("no-store") ? "no-store" : d.has("no-cache") ? "no-cache" : `max-age=${Math.min(browser, leftSeconds)}`}${further(d)}`;

/** cachesControl returns the Cache-Control of what is kept for other visitors, of which visitorsControl is made again. */
export const cachesControl = ({ directives: d, browser, shared }: Keeping): string => `max-age=${browser}, s-maxage=${shared}${further(d)}`;

const tags = /(?:W\/)?"[^"]*"|\*/g;

/** taggedFor returns the ETag of a variant: weak, and unlike that of any other; null where the page's origin gave none. */
export function taggedFor(tag: string | null, v: Variant): string | null {
	const opaque = tag && /^(?:W\/)?"([^"]*)"$/.exec(tag)?.[1];
	return opaque === null || opaque === undefined ? null : `W/"${opaque}+${v.class}+${v.version}"`;
}

/** matches tells whether If-None-Match names a tag of a variant. */
export const matches = (ifNoneMatch: string | null, tag: string | null): boolean =>
	!!tag && (ifNoneMatch?.match(tags) ?? []).some((t) => t === "*" || t.replace("W/", "") === tag.replace("W/", ""));

/** originsTags makes of If-None-Match what the origin is asked: its own tag for a variant's. Those of another class or pack go, as do those
 * without a variant where a page is asked for. Null is none. */
export function originsTags(ifNoneMatch: string, v: Variant | undefined, page: boolean): string | null {
	const asked = (ifNoneMatch.match(tags) ?? []).flatMap((tag) => {
		const ours = /^(?:W\/)?"([^"]*)\+(\d+(?:\.\d+){5})\+([\da-f]{16})"$/.exec(tag);
		if (!ours) return page ? [] : [tag];
		// Whether it was weak is not known any more, and some servers compare all of it.
		return v && ours[2] === v.class && ours[3] === v.version ? [`"${ours[1]}"`, `W/"${ours[1]}"`] : [];
	});
	return asked.length ? asked.join(", ") : null;
}

/** untrue are headers that are true of the origin's bytes alone, or by which a cache on the way could keep for all what is for one class. */
const untrue = new Set(("content-length content-encoding last-modified accept-ranges content-md5 digest repr-digest content-digest age expires pragma " +
	"surrogate-control edge-control x-accel-expires cf-cache-status").split(" "));

/** describe makes the headers of a page those of a variant. Cache-Control stays the origin's. */
export function describe(headers: Headers, v: Variant, vary: readonly string[]): void {
	for (const name of [...headers.keys()]) if (untrue.has(name) || name.endsWith("cdn-cache-control")) headers.delete(name);
	const tag = headers.get("etag");
	if (tag !== null) {
		const ours = taggedFor(tag, v);
		if (ours) headers.set("etag", ours);
		else headers.delete("etag");
	}
	headers.set("vary", joined(headers.get("vary") ?? "", vary));
}

const varies = new Map<string, string>();

/** joined adds names, always the same, to those of a Vary that are not there yet. */
function joined(given: string, vary: readonly string[]): string {
	let all = varies.get(given);
	if (all === undefined) {
		const names = new Map<string, string>();
		for (const name of [...given.split(","), ...vary]) {
			const key = name.trim().toLowerCase();
			if (key && !names.has(key)) names.set(key, name.trim());
		}
		all = [...names.values()].join(", ");
		if (varies.size >= maxKnown) varies.clear();
		varies.set(given, all);
	}
	return all;
}
