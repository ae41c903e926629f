// The site's own markup of a suggestion: the first element in the first <template> that is a slot's child.

import type { Element, Slot } from "./markup.js";

const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Templates is where what is read goes. */
export interface Templates {
	/** The slot that the page is in. */
	slot: Slot | undefined;
	/** Its next <template>: only the first one counts. */
	begin(): void;
}

/** readTemplates has a page's templates read. A slot's template is there once the template's end was seen. One can be used if each of its
 * elements has an end tag of its own, as otherwise which is in which is not to be seen without building a document, and if there is no
 * template in it. */
export function readTemplates(rewriter: HTMLRewriter): Templates {
	/** The slot whose template this is, until that is known. */
	let reading: Slot | undefined;
	let open: Element[] = [];
	const done = (template: Element | null): void => {
		if (reading) reading.template = template;
		reading = undefined;
	};
	rewriter.on("nabij-suggestions > template *", {
		element: (e) => {
			if (!reading) return;
			const name = e.tagName;
			if (name === "template") return done(null);
			const element: Element = { name, attributes: new Map(e.attributes), children: [], end: "tag" };
			open.at(-1)?.children.push(element);
			try {
				e.onEndTag((tag) => {
					if (tag.name !== name) return done(null);
					open.pop();
					if (!open.length) done(element);
				});
				open.push(element);
			} catch {
				// It has no content, nor an end.
				element.end = voids.has(name) ? "none" : "self";
				if (!open.length) done(element);
			}
		},
		text: ({ text }) => void open.at(-1)?.children.push(text),
		comments: ({ text }) => void open.at(-1)?.children.push(`<!--${text}-->`),
	});
	return {
		slot: undefined,
		begin() {
			reading = this.slot?.template === undefined ? this.slot : undefined;
			open = [];
			if (reading) reading.template = null;
		},
	};
}
