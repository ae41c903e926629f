// What a page is about, from what of it has streamed by. The rules are those of web/src/page.ts, which has a document to ask.

import { noItem, noTopic } from "../../../web/src/abi.js";
import type { Pack } from "../../../web/src/pack.js";
import { findTopic, type Page } from "../../../web/src/page.js";
import { findLanguage } from "./classes.js";

/** Words are what a page says of itself. */
export interface Words {
	/** The contents of the first <meta name="nabij-item"> and "nabij-topic"; empty where there is none. */
	item: string;
	topic: string;
	/** The address of the canonical link, or empty. */
	canonical: string;
	/** The language of <html>, or empty. */
	language: string;
	/** The texts of its JSON-LD. */
	linked: string[];
}

export const noWords = (): Words => ({ item: "", topic: "", canonical: "", language: "", linked: [] });

/** findAddress returns the item of a URL, as the pack may have it: absolute or from the root, with and without its query. */
export function findAddress(pack: Pack, address: string, page: string): number | undefined {
	let found: number | undefined;
	try {
		const { origin, pathname, search } = new URL(address, page);
		for (const path of search ? [pathname + search, pathname] : [pathname]) found ??= pack.findUrl(path) ?? pack.findUrl(origin + path);
	} catch {
		// It is no address.
	}
	return found;
}

/** linkedData returns the things that a page's JSON-LD is about. */
const linkedData = (texts: readonly string[]): Record<string, unknown>[] => texts.flatMap((text) => {
	try {
		const data = JSON.parse(text);
		return [data, data["@graph"]].flat();
	} catch {
		return []; // what cannot be read is the site's other tools' to report
	}
});

/** Find returns the item of an address on a page, as findAddress does. */
export type Find = (address: string, page: string) => number | undefined;

function findItem(pack: Pack, words: Words, url: string, find: Find): number | undefined {
	if (words.item) return pack.find(words.item);
	let found = (words.canonical ? find(words.canonical, url) : undefined) ?? find(url, url);
	if (found !== undefined) return found;
	for (const thing of linkedData(words.linked)) {
		if (!/Product|Article|Review|HowTo/.test(String(thing?.["@type"]))) continue;
		for (const key of ["sku", "productID", "mpn", "@id", "url"]) {
			const value = thing[key];
			if (typeof value === "string") found ??= pack.find(value) ?? (/^[@u]/.test(key) ? find(value, url) : undefined);
		}
	}
	return found;
}

/** readPage tells what a page is about. Language is that of a page that does not say. */
export function readPage(pack: Pack, words: Words, url: string, find: Find, language: number): Page {
	const item = findItem(pack, words, url, find);
	return {
		item: item ?? noItem,
		topic: (item === undefined && words.topic ? findTopic(pack, words.topic) : undefined) ?? noTopic,
		language: words.language ? findLanguage(pack.languages, words.language.toLowerCase()) : language,
	};
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** decode reads the character references of an attribute's source: by number, and those names that markup itself needs. Others
 * stay as they are. */
export const decode = (source: string): string => (source.includes("&")
	? source.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi, (all, hex?: string, decimal?: string, name?: string) => {
		if (name) return named[name.toLowerCase()] ?? all;
		const code = hex ? parseInt(hex, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
	})
	: source);
