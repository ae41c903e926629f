// The HTML of a slot's suggestions: what the element of web/src/suggestions.ts would make, as light children. Go's spelling is package
// host/edge/markup; both are tested on wasm/edge/testdata/markup, and so is the element.

import type { Suggestion } from "../../../web/src/nabij.js";
import { stringsFor } from "../../../web/src/strings/strings.js";
import { reasonWords } from "../../../web/src/suggestions.js";
import { decode } from "./page.js";
import { priceWords } from "./price.js";

/** Slot is what a slot says of its markup. */
export interface Slot {
	/** The label in its source, with its character references; null is the usual one. */
	readonly label: string | null;
	readonly images: boolean;
	/** The language of words and prices: the nearest lang, if any. */
	language: string | undefined;
	/** The site's own markup of a suggestion; undefined without one, null where it is not one that can be used here. */
	template: Element | null | undefined;
}

/** Element is a part of a template, with attributes and texts as they are in its source. */
export interface Element {
	name: string;
	attributes: Map<string, string>;
	children: (Element | string)[];
	/** What comes after its start tag: content and an end tag, or nothing; in drawings its tag may close itself. */
	end: "tag" | "none" | "self";
}

/** All but plain ASCII. Without the flag "u", which has the runtime load its tables: at a start that takes longer than all else here.
 * Neither NUL nor the controls from U+0080 on have a reference that stands for them, so they are left out. */
const special = /[\ud800-\udbff][\udc00-\udfff]|[^\t\n !#-%(-;=?-~]/g;
const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const reference = (c: string): string => named[c] ?? (/[\0\x80-\x9f]/.test(c) ? "" : `&#${c.codePointAt(0)};`);

/** escape writes a text so that it is the same in ASCII, in content as in attributes. */
export const escape = (text: string): string => text.replace(special, reference);

/** escapeSource does so with a text that has its references already. Those that are not known here stay as they are. */
const escapeSource = (source: string): string => source.split(/(&[a-zA-Z][a-zA-Z\d]*;)/).map((part, k) => {
	const text = decode(part);
	return k % 2 && text === part ? part : escape(text);
}).join("");

const shadow = '<template shadowrootmode="open"><slot name="nabij"></slot></template>';

/** markupOf returns what is added to a slot before its end tag: nothing where there is nothing to suggest, or where its template is not
 * one that can be used here, as in the browser it may. */
export function markupOf(suggestions: readonly Suggestion[], slot: Slot): string {
	const { template } = slot;
	if (!suggestions.length || template === null) return "";
	const words = stringsFor(slot.language);
	const entries = suggestions.map((s) => ({
		id: escape(s.id),
		url: escape(s.url),
		image: slot.images ? escape(s.image) : "",
		language: escape(s.language),
		title: escape(s.title),
		price: escape(priceWords(slot.language, s)),
		reason: escape(reasonWords(words, s.reason)),
		dismiss: escape(`${words.dismiss}: ${s.title}`),
	}));
	if (template) return shadow + entries.map((e) => written(filled(template, e))).join("");
	const label = slot.label === null ? escape(words.suggestions) : escapeSource(slot.label);
	return `${shadow}<ul slot="nabij" part="list" role="list" aria-label="${label}">${entries.map(own).join("")}</ul>`;
}

/** Entry is a suggestion, escaped. */
interface Entry {
	id: string;
	url: string;
	/** Empty where none is shown, as are the following where there are none. */
	image: string;
	language: string;
	title: string;
	price: string;
	reason: string;
	dismiss: string;
}

/** own is the element's own markup of a suggestion. */
const own = (e: Entry): string => `<li part="suggestion" data-nabij-item="${e.id}"><a part="link"${e.url && ` href="${e.url}"`}>${
	e.image && `<span part="frame"><img part="image" alt="" src="${e.image}"></span>`
}${span("title", e.title, e.language)}${span("price", e.price)}</a>${span("reason", e.reason)}<button part="dismiss" type="button" title="${
	e.dismiss}" aria-label="${e.dismiss}">&#215;</button></li>`;

const span = (part: string, text: string, language = ""): string =>
	`<span part="${part}"${text ? "" : ' hidden=""'} dir="auto"${language && ` lang="${language}"`}>${text}</span>`;

/** filled returns a clone of a template for a suggestion, as fill and show make it in suggestions.ts. */
function filled(template: Element, e: Entry): Element {
	const box = clone(template);
	const link = hook(box, "link");
	if (link && e.url && /^(a|area)$/.test(link.name)) link.attributes.set("href", e.url);
	for (const name of ["title", "price", "reason"] as const) {
		const n = hook(box, name);
		if (!n) continue;
		n.children = e[name] ? [e[name]] : [];
		n.attributes.delete("hidden");
		if (!e[name]) n.attributes.set("hidden", "");
		n.attributes.set("dir", "auto");
		if (name === "title" && e.language) n.attributes.set("lang", e.language);
	}
	const dismiss = hook(box, "dismiss");
	dismiss?.attributes.set("title", e.dismiss).set("aria-label", e.dismiss);
	if (!e.image) remove(box, hook(box, "frame"));
	else picture(hook(box, "image"), e.image);
	box.attributes.set("slot", "nabij").set("data-nabij-item", e.id);
	return box;
}

const clone = (e: Element): Element => ({
	...e, attributes: new Map(e.attributes), children: e.children.map((child) => (typeof child === "string" ? child : clone(child))),
});

/** hook returns the element that data-nabij or part names: this one, or else the first in it. */
function hook(e: Element, name: string): Element | undefined {
	if (e.attributes.get("data-nabij") === name || e.attributes.get("part") === name) return e;
	for (const child of e.children) {
		const found = typeof child === "string" ? undefined : hook(child, name);
		if (found) return found;
	}
	return undefined;
}

function remove(from: Element, gone: Element | undefined): void {
	from.children = from.children.filter((child) => child !== gone);
	for (const child of from.children) if (typeof child !== "string") remove(child, gone);
}

/** picture makes of the element that stands for a picture the picture itself, with what attributes it had. */
function picture(e: Element | undefined, src: string): void {
	if (!e) return;
	const had = e.attributes;
	e.attributes = new Map([["part", "image"], ["alt", ""], ["src", src]]);
	for (const [name, value] of had) if (name !== "src") e.attributes.set(name, value);
	Object.assign(e, { name: "img", children: [], end: "none" });
}

const written = (e: Element): string => `<${e.name}${
	[...e.attributes].map(([name, value]) => ` ${name}="${value.replaceAll('"', "&quot;")}"`).join("")}${e.end === "self" ? "/>" : ">"}${
	e.end === "tag" ? `${e.children.map((child) => (typeof child === "string" ? child : written(child))).join("")}</${e.name}>` : ""}`;
