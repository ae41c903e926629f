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
function selectorFor(url: string, { everywhere, preloads }: Added): string {
	const other = /^[\w:/.?=%+,;@~-]*$/.test(url) ? `:not([href="${url}"]):not([href="${url.slice(url.indexOf("/", 8))}"])` : "";
	return `${everywhere ? "head" : 'head > script[src*="nabij.js"]'}, html[lang], meta[name^="nabij-"], link[rel~="canonical" i]${other}, ` +
		'nabij-suggestions, nabij-suggestions > template, nabij-suggestions > [slot="nabij"]' +
		(preloads.length ? ', link[rel~="preload" i], link[rel~="modulepreload" i]' : "");
}

const inTemplate = "nabij-suggestions > template *";

/** Slots that stay as they are: in a paragraph, which ends where a list begins, and the slot with it; in a template. */
const leftAlone = "p > nabij-suggestions, template nabij-suggestions";

/** What a page's address says goes before its JSON-LD. */
const linked = 'script[type="application/ld+json" i]';

/** Open is the slot that the page is in. */
interface Open extends Slot {
	/** It stays as it is. */
	left: boolean;
}

/** isScript tells whether an address is that of the script, whatever folder and query it has. */
const isScript = (src: string): boolean => `/${src.trim().split("#")[0]!.split("?")[0]!}`.endsWith("/nabij.js");

/** maxLinked is how many characters of JSON-LD are read. */
const maxLinked = 256 << 10;

/** Run is a page on its way. */
class Run {
	readonly words = noWords();
	/** What the page preloads itself. */
	readonly preloaded: string[] = [];
	/** What goes into the head is there. */
	headed = false;
	/** The page has been at an edge before: nothing is added then. */
	passed = false;
	/** The slot that comes next stays as it is. */
	alone = false;
	/** The slot that the page is in, and its template. */
	slot: Open | undefined;
	template: Template | undefined;
	/** The page is in its JSON-LD; of more, so many characters are read. */
	reading = false;
	text = "";
	room = maxLinked;
	/** What the page is about, as far as it has said, and the key of that. */
	#page: Page | undefined;
	#key = "";

	constructor(readonly filler: Filler, readonly context: Class, readonly className: string, readonly url: string) {}

	/** said forgets what the page is about, as it has said more. */
	said(): void {
		this.#page = undefined;
	}

	markup(number: number, slot: Slot): string {
		const { filler: { site }, context } = this;
		if (!this.#page) {
			const page = (this.#page = readPage(site.pack, this.words, this.url, site.find, context[5]));
			this.#key = `${page.item} ${page.topic} ${page.language} ${this.className}`;
		}
		return site.markup(number, slot, this.#page, context, this.#key);
	}
}

/** Rewriter fills the slots of pages, of one at a time. */
class Rewriter {
	readonly #made: HTMLRewriter;
	/** The page at hand. */
	#run: Run | undefined;

	/** Ended is called at each page's end. */
	constructor(selector: string, apart: string, ended: (r: Rewriter) => void) {
		this.#made = new HTMLRewriter()
			.on(apart, { element: guarded((e) => this.#apart(e)), text: guarded((chunk) => this.#text(chunk)) })
			.on(selector, { element: guarded((e) => this.#element(e)) })
			.onDocument({
				end: () => {
					this.#run = undefined; // with the texts that it holds
					ended(this);
				},
			});
	}

	transform(response: Response, run: Run): Response {
		this.#run = run;
		return this.#made.transform(response);
	}

	#apart(e: HTMLRewriterElement): void {
		const run = this.#run!;
		if (e.tagName === "nabij-suggestions") run.alone = true;
		else if (run.template) run.template.element(e);
		else run.reading = e.tagName === "script";
	}

	#text({ text, lastInTextNode }: HTMLRewriterText): void {
		const run = this.#run!;
		if (run.template) return run.template.text(text);
		if (!run.reading || (run.room -= text.length) < 0) return;
		run.text += text;
		if (!lastInTextNode) return;
		run.words.linked.push(run.text);
		run.text = "";
		run.said();
	}

	#element(e: HTMLRewriterElement): void {
		const run = this.#run!;
		const name = e.tagName;
		if (name === "nabij-suggestions") return fill(e, run);
		if (run.template) return;
		if (run.slot) child(e, run, run.slot);
		const value = (name: string): string => decode(e.getAttribute(name) ?? "");
		const { words } = run;
		switch (name) {
		case "head":
			return e.onEndTag(guarded((tag) => { if (tag.name === "head") prepare(tag, run); }));
		case "script":
			if (isScript(value("src"))) prepare(e, run);
			return;
		case "html":
			words.language ||= value("lang");
			break;
		case "link":
			for (const rel of value("rel").toLowerCase().split(/\s+/)) {
				if (rel === "canonical") words.canonical ||= value("href");
				else if (/^(module)?preload$/.test(rel)) run.preloaded.push(value("href"));
			}
			break;
		case "meta":
			if (value("name") === "nabij-item") words.item ||= value("content");
			else if (value("name") === "nabij-topic") words.topic ||= value("content");
			else if (value("name") === "nabij-context") run.passed = true;
			break;
		default:
			return;
		}
		run.said();
	}
}

/** prepare has the head get what its slots need. */
function prepare(place: HTMLRewriterElement | HTMLRewriterEndTag, run: Run): void {
	if (run.headed || run.passed) return;
	run.headed = true;
	place.before(run.filler.head(run), html);
}

/** fill has a slot filled at its end. */
function fill(e: HTMLRewriterElement, run: Run): void {
	const left = run.alone;
	run.alone = false;
	if (run.slot) {
		run.slot.left = true;
		return;
	}
	const { filler: { site }, words } = run;
	const number = site.pack.slots.indexOf(decode(e.getAttribute("slot-name") ?? ""));
	const language = e.getAttribute("lang");
	const slot: Open = {
		left: left || number < 0 || site.repeats[number]!, label: e.getAttribute("label"), images: decode(e.getAttribute("images") ?? "") !== "none",
		template: undefined, language: undefined,
	};
	e.onEndTag(guarded((tag) => {
		run.slot = run.template = undefined;
		if (slot.left || run.passed || tag.name !== "nabij-suggestions") return;
		slot.language = (language === null ? words.language : decode(language)) || undefined;
		const markup = run.markup(number, slot);
		if (markup) tag.before(markup, html);
	}));
	run.slot = slot;
}

/** child looks at a slot's own child. */
function child(e: HTMLRewriterElement, run: Run, slot: Open): void {
	if (e.getAttribute("slot") === "nabij") slot.left = true; // it was filled already
	if (e.tagName !== "template") return;
	const first = slot.template === undefined;
	if (first && e.getAttribute("shadowrootmode") !== null) slot.left = true;
	run.template = new Template(first ? slot : undefined);
	e.onEndTag(({ name }) => {
		run.template = undefined;
		if (first && name !== "template") slot.left = true;
	});
}

/** maxMade is how many rewriters are made before those that wait are let go. */
const maxMade = 1000;

/** Filler fills the slots of a site's pages. */
export class Filler {
	/** Rewriters that have come to a page's end, by its address: to make one takes longer than most of what it does then. */
	#idle = new Map<string, Rewriter[]>();
	#made = 0;
	/** What goes into heads, by the class. */
	#heads = new Map<string, string>();

	constructor(readonly site: Site, readonly added: Added) {}

	/** fill returns a page, of that address, with its slots filled for visitors of that class, which has a name. */
	fill(response: Response, context: Class, className: string, url: string): Response {
		const rewriter = this.#idle.get(url)?.pop() ?? this.#make(url);
		return rewriter.transform(response, new Run(this, context, className, url));
	}

	#make(url: string): Rewriter {
		if (this.#made++ >= maxMade) {
			this.#idle.clear();
			this.#made = 1;
		}
		const idle = this.#idle.get(url) ?? [];
		this.#idle.set(url, idle);
		const apart = `${leftAlone}, ${inTemplate}${this.site.find(url, url) === undefined ? `, ${linked}` : ""}`;
		return new Rewriter(selectorFor(url, this.added), apart, (r) => void idle.push(r));
	}

	/** head returns what goes into a page's head. */
	head({ context, className, preloaded }: Run): string {
		const { sheet, preloads } = this.added;
		const made = (): string => `<meta name="nabij-context" content="${context.slice(0, 5).join(" ")}">${sheet}${
			preloads.map(({ href, link }) => (preloaded.includes(href) ? "" : link)).join("")}`;
		if (preloaded.length) return made();
		let head = this.#heads.get(className);
		if (head === undefined) this.#heads.set(className, (head = made()));
		return head;
	}
}
