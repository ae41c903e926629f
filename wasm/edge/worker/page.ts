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
		const { host, pathname, search } = new URL(address, page);
		for (const path of search ? [pathname + search, pathname] : [pathname]) {
			// Which scheme visitors use is not always that of the request.
			found ??= pack.findUrl(path) ?? pack.findUrl(`https://${host}${path}`) ?? pack.findUrl(`http://${host}${path}`);
		}
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

/** readPage tells what a page is about. The visitor's language, by its number in the pack, counts where the page has none. */
export function readPage(pack: Pack, words: Words, url: string, find: Find, language: number): Page {
	const item = findItem(pack, words, url, find);
	return {
		item: item ?? noItem,
		topic: (item === undefined && words.topic ? findTopic(pack, words.topic) : undefined) ?? noTopic,
		language: words.language ? findLanguage(pack.languages, words.language.toLowerCase()) : language,
	};
}

/** Names of character references: those of HTML 4, each run of them after the first one's code. */
const runs = "34 quot 38 amp 39 apos 60 lt 62 gt " +
	"160 nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm " +
	"raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde " +
	"Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave " +
	"eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml " +
	"338 OElig oelig 352 Scaron scaron 376 Yuml 402 fnof 710 circ 732 tilde 913 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi " +
	"Omicron Pi Rho 931 Sigma Tau Upsilon Phi Chi Psi Omega 945 alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho " +
	"sigmaf sigma tau upsilon phi chi psi omega 977 thetasym upsih 982 piv 8194 ensp emsp 8201 thinsp 8204 zwnj zwj lrm rlm 8211 ndash mdash 8216 lsquo " +
	"rsquo sbquo 8220 ldquo rdquo bdquo 8224 dagger Dagger bull 8230 hellip 8240 permil 8242 prime Prime 8249 lsaquo rsaquo 8254 oline 8260 frasl 8364 euro " +
	"8465 image 8472 weierp 8476 real 8482 trade 8501 alefsym 8592 larr uarr rarr darr harr 8629 crarr 8656 lArr uArr rArr dArr hArr 8704 forall 8706 part " +
	"exist 8709 empty 8711 nabla isin notin 8715 ni 8719 prod 8721 sum minus 8727 lowast 8730 radic 8733 prop infin 8736 ang 8743 and or cap cup int 8756 " +
	"there4 8764 sim 8773 cong 8776 asymp 8800 ne equiv 8804 le ge 8834 sub sup nsub 8838 sube supe 8853 oplus 8855 otimes 8869 perp 8901 sdot 8968 lceil " +
	"rceil lfloor rfloor 9674 loz 9824 spades 9827 clubs 9829 hearts diams 10216 lang rang";
/** The last code of those that may go without their semicolon. */
const lastOld = 255;

let codes: Map<string, number> | undefined;

/** codeOf returns what a name stands for. */
function codeOf(name: string): number | undefined {
	if (!codes) {
		codes = new Map();
		let code = 0;
		for (const word of runs.split(" ")) {
			if (/^\d+$/.test(word)) code = Number(word);
			else codes.set(word, code++);
		}
		for (const word of ["quot", "amp", "lt", "gt", "copy", "reg"]) codes.set(word.toUpperCase(), codes.get(word)!);
	}
	return codes.get(name);
}

/** numbered returns the character of a number, as HTML has it: numbers of controls are those of windows-1252. */
function numbered(code: number): string {
	if (code >= 0x80 && code < 0xa0) return new TextDecoder("windows-1252").decode(Uint8Array.of(code));
	return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? "\ufffd" : String.fromCodePoint(code);
}

/** decode reads the character references of an attribute's source. Those whose name is not known here stay as they are. One without its
 * semicolon is none where a letter, a digit or "=" comes next. */
export const decode = (source: string): string => (source.includes("&")
	? source.replace(/&(?:#(?:[xX]([\da-fA-F]+)|(\d+));?|([a-zA-Z][a-zA-Z\d]*)(;|(?![=a-zA-Z\d])))/g, (all, hex?: string, decimal?: string, name?: string, end?: string) => {
		if (!name) return numbered(hex ? parseInt(hex, 16) : Number(decimal));
		const code = codeOf(name);
		return code === undefined || (!end && (code > lastOld || name === "apos")) ? all : String.fromCodePoint(code);
	})
	: source);
