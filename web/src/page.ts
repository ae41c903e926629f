import { noItem, noTopic } from "./abi.js";
import type { Pack } from "./pack.js";

/** Page is what the page at hand is about; an item has its own topic. */
export interface Page {
	item: number;
	topic: number;
	/** 1 + the number of its language in the pack, or 0. */
	language: number;
}

const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";

/** findTopic returns the number of a topic by its path, as in "Clothing > Rainwear", or noTopic. */
export function findTopic(pack: Pack, path: string): number {
	const names = path.split(" > ").reverse();
	for (let t = 0; t < pack.topics; t++) {
		let at = t;
		if (names.every((name) => {
			const same = at !== noTopic && pack.topicName(at) === name;
			if (same) at = pack.topicParent(at);
			return same;
		}) && at === noTopic) return t;
	}
	return noTopic;
}

/** findAddress returns the item of a URL, as the pack may have it: absolute or from the root, with and without its query. */
function findAddress(pack: Pack, address: string): number {
	let found = -1;
	try {
		const { origin, pathname, search } = new URL(address, location.href);
		for (const path of [pathname + search, pathname]) {
			for (const site of ["", origin]) if (found < 0) found = pack.findUrl(site + path);
		}
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

function findItem(pack: Pack): number {
	const id = meta("nabij-item");
	if (id) return pack.find(id);
	const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
	let found = canonical ? findAddress(pack, canonical) : -1;
	if (found < 0) found = findAddress(pack, location.href);
	for (const thing of linkedData()) {
		if (!/Product|Article|Review|HowTo/.test(String(thing?.["@type"]))) continue;
		for (const key of ["sku", "productID", "mpn", "@id", "url"]) {
			const value = thing[key];
			if (found < 0 && typeof value === "string") {
				found = pack.find(value);
				if (found < 0 && /^(https?:|\/)/.test(value)) found = findAddress(pack, value);
			}
		}
	}
	return found;
}

/** readPage tells what the page is about: by <meta name="nabij-item"> or "nabij-topic", its canonical link, its address or
 * its JSON-LD. */
export function readPage(pack: Pack): Page {
	const item = findItem(pack);
	const topic = meta("nabij-topic");
	const tag = document.documentElement.lang.toLowerCase();
	const language = Math.max(pack.languages.indexOf(tag), pack.languages.indexOf(tag.split("-")[0]!));
	return {
		item: item < 0 ? noItem : item,
		topic: item < 0 && topic ? findTopic(pack, topic) : noTopic,
		language: language + 1,
	};
}
