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

/** Added is what does not depend on the page. */
export interface Added {
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
		`nabij-suggestions > template, ${inTemplate}${preloads.length ? ', link[rel~="preload" i], link[rel~="modulepreload" i]' : ""}`;
}

/** Slots that stay as they are, and what has the slot that it is in stay so: a paragraph ends where a list begins, a template's is no part of
 * the page, and what has a slot in it, or a list already, would have two. */
const left = 'p > nabij-suggestions, template nabij-suggestions, nabij-suggestions nabij-suggestions, nabij-suggestions > [slot="nabij"]';

const inTemplate = "nabij-suggestions > template *";

/** rewriter returns what fills the slots of one page, of that address, for visitors of that class. */
export function rewriter(site: Site, context: Class, url: string, added: Added): HTMLRewriter {
	const { pack } = site;
	const words = noWords();
	const preloaded = new Set<string>();
	let script = false;
	/** Its head has ended; it has been at an edge before, and then nothing is added. */
	let headed = false;
	let passed = false;
	let page: Page | undefined;
	/** The slot that the page is in, and its template. */
	let slot: Slot | undefined;
	let template: Template | undefined;
	/** The slot that begins stays as it is. */
	let leave = false;

	const head = guarded((tag: HTMLRewriterEndTag) => {
		if (tag.name !== "head" || headed) return;
		headed = true;
		if (passed || !script && !added.everywhere) return;
		tag.before(`<meta name="nabij-context" content="${context.slice(0, 5).join(" ")}">${added.sheet}${
			added.preloads.map(({ href, link }) => (preloaded.has(href) ? "" : link)).join("")}`, html);
	});
	const fill = (e: HTMLRewriterElement): void => {
		const number = pack.slots.indexOf(decode(e.getAttribute("slot-name") ?? ""));
		const stays = leave;
		leave = false;
		slot = template = undefined;
		if (number < 0 || stays) return;
		const about = (page ??= readPage(pack, words, url, site.find, context[5]));
		const language = e.getAttribute("lang");
		const mine: Slot = {
			label: e.getAttribute("label"), images: e.getAttribute("images") !== "none", template: undefined,
			language: (language === null ? words.language : decode(language)) || undefined,
		};
		slot = mine;
		e.onEndTag(guarded((tag) => {
			slot = template = undefined;
			const markup = tag.name === "nabij-suggestions" && !passed && site.markup(number, mine, about, context);
			if (markup) tag.before(markup, html);
		}));
	};
	const begin = (e: HTMLRewriterElement, slot: Slot): void => {
		if (e.getAttribute("shadowrootmode") !== null) {
			slot.template = null;
			return;
		}
		template = new Template(slot);
		e.onEndTag((tag) => {
			if (tag.name !== "template") slot.template = null;
			template = undefined;
		});
	};
	const made = new HTMLRewriter().on(left, {
		element: (e) => {
			if (template) template.spoil();
			else leave = e.tagName === "nabij-suggestions";
			if (slot) slot.template = null;
		},
	}).on(selectorFor(url, added), {
		element: guarded((e) => {
			if (template) return template.element(e);
			const value = (name: string): string => decode(e.getAttribute(name) ?? "");
			switch (e.tagName) {
			case "nabij-suggestions":
				return fill(e);
			case "template":
				if (slot?.template === undefined && slot) begin(e, slot);
				return;
			case "head":
				return e.onEndTag(head);
			case "script":
				script ||= /(^|\/)nabij\.js$/.test(value("src").trim().replace(/[?#].*/s, ""));
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
			}
			page = undefined;
		}),
	});
	made.on(inTemplate, { text: ({ text }) => template?.text(text) });
	// What a page's address says goes before its JSON-LD.
	if (site.find(url, url) === undefined) {
		let text = "";
		made.on('script[type="application/ld+json" i]', {
			text: guarded((chunk) => {
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
