import { noItem, noTopic } from "./abi.js";
import type { Pack } from "./pack.js";

/** Page is what the page at hand is about; an item has its own topic. */
export interface Page {
	item: number;
	topic: number;
	/** 1 + the number of its language in the pack, or 0. */
	language: number;
}

/** meta returns what the page's own <meta> of that name says, or "". */
export const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? "";

/** topicPath returns a topic's path, as in "Clothing > Rainwear". */
export function topicPath(pack: Pack, topic: number): string {
	const parent = pack.topicParent(topic);
	return (parent === noTopic ? "" : `${topicPath(pack, parent)} > `) + pack.topicName(topic);
}

/** findTopic returns the number of a topic by its path, or undefined. */
export function findTopic(pack: Pack, path: string): number | undefined {
	for (let t = 0; t < pack.topics; t++) if (path.endsWith(pack.topicName(t)) && topicPath(pack, t) === path) return t;
	return undefined;
}

/** findAddress returns the item of a URL, as the pack may have it: absolute or from the root, with and without its query.
 * The empty one is the page's own. */
function findAddress(pack: Pack, address: string): number | undefined {
	let found: number | undefined;
	try {
		const { origin, pathname, search } = new URL(address, location.href);
		for (const path of [pathname + search, pathname]) found ??= pack.findUrl(path) ?? pack.findUrl(origin + path);
	} catch {
		// It is no address.
	}
	return found;
}

/** linkedData returns the things that the page's JSON-LD is about. */
function linkedData(): Record<string, unknown>[] {
	return [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) => {
		try {
			const data = JSON.parse(script.textContent!);
			return [data, data["@graph"]].flat();
		} catch {
			return []; // what cannot be read is the site's other tools' to report
		}
	});
}

function findItem(pack: Pack): number | undefined {
	const id = meta("nabij-item");
	if (id) return pack.find(id);
	const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href;
	let found = findAddress(pack, canonical ?? "") ?? findAddress(pack, "");
	for (const thing of linkedData()) {
		if (!/Product|Article|Review|HowTo/.test(String(thing?.["@type"]))) continue;
		for (const key of ["sku", "productID", "mpn", "@id", "url"]) {
			const value = thing[key];
			if (typeof value === "string") found ??= pack.find(value) ?? (/^[@u]/.test(key) ? findAddress(pack, value) : undefined);
		}
	}
	return found;
}

/** About is what a page is about: an item by its id, or a topic by its path, as in "Clothing > Rainwear". */
export interface About {
	item?: string | undefined;
	topic?: string | undefined;
}

/** parsed waits until all of the page has been read, which it has where a deferred script runs. */
export const parsed = (): Promise<unknown> => new Promise((done) => {
	if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
	else done(0);
});

/** readPage tells what the page is about: by about, or else by <meta name="nabij-item"> or "nabij-topic", its canonical link,
 * its address or its JSON-LD. */
export function readPage(pack: Pack, about?: About): Page {
	const item = about ? pack.find(about.item ?? "") : findItem(pack);
	const topic = about ? about.topic : meta("nabij-topic");
	const tag = document.documentElement.lang.toLowerCase();
	const language = Math.max(pack.languages.indexOf(tag), pack.languages.indexOf(tag.split("-")[0]!));
	return {
		item: item ?? noItem,
		topic: (item === undefined && topic ? findTopic(pack, topic) : undefined) ?? noTopic,
		language: language + 1,
	};
}
