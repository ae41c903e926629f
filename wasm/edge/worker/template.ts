// The site's own markup of a suggestion: the first element in the first <template> that is a slot's child.

import type { Element, Slot } from "./markup.js";

const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Template reads a slot's template, which is the slot's once its end was seen. One can be used if each of its elements has an end tag of its own,
 * as otherwise which is in which is not to be seen without building a document, and if there is no template in it. */
export class Template {
	/** What is read now: an element and those that it is in. */
	#open: Element[] = [];
	#done = false;

	/** That of no slot is one after the first, whose elements say nothing. */
	constructor(readonly slot: Slot | undefined) {
		if (slot) slot.template = null;
		else this.#done = true;
	}

	element(e: HTMLRewriterElement): void {
		if (this.#done) return;
		const name = e.tagName;
		if (name === "template") return this.#end(null);
		const element: Element = { name, attributes: new Map(e.attributes), children: [], end: "tag" };
		this.#open.at(-1)?.children.push(element);
		try {
			e.onEndTag((tag) => {
				if (this.#done) return;
				if (tag.name !== name) return this.#end(null);
				this.#open.pop();
				if (!this.#open.length) this.#end(element);
			});
			this.#open.push(element);
		} catch {
			// It has no content, nor an end.
			element.end = voids.has(name) ? "none" : "self";
			if (!this.#open.length) this.#end(element);
		}
	}

	text(source: string): void {
		if (!this.#done) this.#open.at(-1)?.children.push(source);
	}

	#end(template: Element | null): void {
		this.#done = true;
		if (this.slot) this.slot.template = template;
	}
}
