// A page on its way: what it says of itself is read, and its slots are filled. Nothing of it is taken out.

import type { Class } from "./classes.js";
import type { Config } from "./config.js";
import { tell } from "./log.js";
import { escape, type Slot } from "./markup.js";
import { decode, noWords, readPage } from "./page.js";
import type { Site } from "./site.js";
import { Template } from "./template.js";
import type { Page } from "../../../web/src/page.js";

const html = { html: true } as const;

/** repeats is the flag of a slot for going on with a visit: what is in that is the browser's to know. */
const repeats = 1;

/** Added is what does not depend on the page. */
export interface Added {
	/** Each page that has a head gets it. */
	everywhere: boolean;
	sheet: string;
	preloads: readonly { href: string; link: string }[];
}

export const addedBy = ({ base = "/nabij/", everywhere = false, preload = [] }: Config): Added => ({
	everywhere,
	sheet: `<link rel="stylesheet" href="${escape(base)}nabij-suggestions.css">`,
	preloads: preload.map(({ href, as, type, integrity }) => ({
		href,
		link: `<link rel="preload" href="${escape(href)}" as="${escape(as)}"${as === "fetch" ? " crossorigin" : ""}${
			type ? ` type="${escape(type)}"` : ""}${integrity ? ` integrity="${escape(integrity)}"` : ""}>`,
	})),
});

/** guarded keeps what goes wrong in a handler from the page: what it would have added is left out. */
const guarded = <T>(f: (x: T) => void) => (x: T): void => {
	try {
		f(x);
	} catch (e) {
		tell("page", e);
	}
};

/** selectorFor names the elements that a page of that address says something by, and the slots. They share a handler, for each one that is set
 * takes time; and each element that is handled takes more, as the page is then written out in more pieces. So what would say nothing new is left
 * out: a canonical link to the page itself, and preloads where none are added. */
function selectorFor(url: string, { preloads }: Added): string {
	const other = /^[\w:/.?=%+,;@~-]*$/.test(url) ? `:not([href="${url}"]):not([href="${url.slice(url.indexOf("/", 8))}"])` : "";
	return `html[lang], head, meta[name^="nabij-"], link[rel~="canonical" i]${other}, script[src*="nabij.js"], nabij-suggestions, ` +
		`nabij-suggestions > template, ${inTemplate}, nabij-suggestions > [slot="nabij"]` +
		(preloads.length ? ', link[rel~="preload" i], link[rel~="modulepreload" i]' : "");
}

const inTemplate = "nabij-suggestions > template *";

/** Slots that stay as they are: in a paragraph, which ends where a list begins, and the slot with it; in a template. */
const leftAlone = "p > nabij-suggestions, template nabij-suggestions";

/** Open is the slot that the page is in. */
interface Open extends Slot {
	/** It stays as it is. */
	left: boolean;
}

/** isScript tells whether an address is that of the script, whatever folder and query it has. */
const isScript = (src: string): boolean => /(^|\/)nabij\.js$/.test(src.trim().replace(/[?#].*$/s, ""));

/** maxLinked is how many characters of JSON-LD are read. */
const maxLinked = 256 << 10;

/** rewriter returns what fills the slots of one page, of that address, for visitors of that class. */
export function rewriter(site: Site, context: Class, url: string, added: Added): HTMLRewriter {
	const { pack } = site;
	const words = noWords();
	const preloaded = new Set<string>();
	let script = added.everywhere;
	let headed = false;
	/** The page has been at an edge before: nothing is added then. */
	let passed = false;
	let alone = false;
	let page: Page | undefined;
	/** The slot that the page is in, and its template. */
	let slot: Open | undefined;
	let template: Template | undefined;

	const head = guarded((tag: HTMLRewriterEndTag) => {
		if (tag.name !== "head" || headed) return;
		headed = true;
		if (script && !passed) tag.before(`<meta name="nabij-context" content="${context.slice(0, 5).join(" ")}">${added.sheet}${
			added.preloads.map(({ href, link }) => (preloaded.has(href) ? "" : link)).join("")}`, html);
	});
	const fill = (e: HTMLRewriterElement): void => {
		const left = alone;
		alone = false;
		if (slot) {
			slot.left = true;
			return;
		}
		const number = pack.slots.indexOf(decode(e.getAttribute("slot-name") ?? ""));
		const language = e.getAttribute("lang");
		const mine: Open = {
			left: left || number < 0 || !!(pack.record("slot", number)[3]! & repeats), label: e.getAttribute("label"), images: decode(e.getAttribute("images") ?? "") !== "none", template: undefined,
			language: undefined,
		};
		e.onEndTag(guarded((tag) => {
			slot = template = undefined;
			if (mine.left || passed || tag.name !== "nabij-suggestions") return;
			mine.language = (language === null ? words.language : decode(language)) || undefined;
			const markup = site.markup(number, mine, (page ??= readPage(pack, words, url, site.find, context[5])), context);
			if (markup) tag.before(markup, html);
		}));
		slot = mine;
	};
	const child = (e: HTMLRewriterElement, slot: Open): void => {
		if (e.getAttribute("slot") === "nabij") slot.left = true; // it was filled already
		if (e.tagName === "template") {
			const first = slot.template === undefined;
			if (first && e.getAttribute("shadowrootmode") !== null) slot.left = true;
			template = new Template(first ? slot : undefined);
			e.onEndTag(({ name }) => {
				template = undefined;
				if (first && name !== "template") slot.left = true;
			});
		}
	};
	const made = new HTMLRewriter().on(leftAlone, { element: () => void (alone = true) }).on(selectorFor(url, added), {
		element: guarded((e) => {
			if (e.tagName === "nabij-suggestions") return fill(e);
			if (template) return template.element(e);
			const value = (name: string): string => decode(e.getAttribute(name) ?? "");
			if (slot) child(e, slot);
			switch (e.tagName) {
			case "head":
				return e.onEndTag(head);
			case "script":
				script ||= isScript(value("src"));
				return;
			case "html":
				words.language ||= value("lang");
				break;
			case "link":
				for (const rel of value("rel").toLowerCase().split(/\s+/)) {
					if (rel === "canonical") words.canonical ||= value("href");
					else if (/^(module)?preload$/.test(rel)) preloaded.add(value("href"));
				}
				break;
			case "meta":
				if (value("name") === "nabij-item") words.item ||= value("content");
				else if (value("name") === "nabij-topic") words.topic ||= value("content");
				else if (value("name") === "nabij-context") passed = true;
				break;
			default:
				return;
			}
			page = undefined;
		}),
	});
	made.on(inTemplate, { text: ({ text }) => template?.text(text) });
	// What a page's address says goes before its JSON-LD.
	if (site.find(url, url) === undefined) {
		let text = "";
		let room = maxLinked;
		made.on('script[type="application/ld+json" i]', {
			text: guarded((chunk) => {
				if (template || (room -= chunk.text.length) < 0) return;
				text += chunk.text;
				if (!chunk.lastInTextNode) return;
				words.linked.push(text);
				text = "";
				page = undefined;
			}),
		});
	}
	return made;
}
