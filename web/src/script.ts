// The script that a site's pages load: it starts the visit and makes the elements. Everything it needs to know stands in
// PINS, which a build puts in, and on its own tag:
//
//	<script defer src="/nabij/nabij.js" data-layer="1"></script>
//
// data-layer is the highest layer until nabij.allow is called: 2, or 1 on a site that asks first.

import { defineSuggestions } from "./suggestions.js";
import type * as explaining from "./nabij-explain.js";
import type { Explanation, ExplainOptions } from "./explain.js";
import type { Pin } from "./load.js";
import type { Declared, Preference } from "./preferences.js";
import { Nabij, type Pins } from "./nabij.js";
import { parsed } from "./page.js";

/** PageVisit is the visit on a page that has the script. */
export type PageVisit = Nabij & {
	/** explain says of each suggestion on the page why it is there, and what would change it. It is another file, which is fetched when this
	 * is called. */
	explain?(options?: ExplainOptions): Promise<Explanation[]>;
	/** prefer declares what the visitor is looking for, or takes it back; preferences returns what was declared. They come with the
	 * visitor's panel. */
	prefer?(preference: Preference): void;
	preferences?(): Declared[];
};

declare const PINS: Pins & { control: Pin };
declare global {
	interface Window {
		nabij?: PageVisit;
		trustedTypes?: {
			createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
		};
	}
	interface Navigator {
		readonly connection?: { readonly saveData?: boolean };
	}
}

const tag = document.currentScript as HTMLScriptElement | null;
const pins = PINS;
const base = tag?.src || location.href;
const saving = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

// A visitor who wants to save data keeps the page as it is.
if (!saving && !window.nabij && self.WebAssembly) {
	const nabij: PageVisit = (window.nabij = new Nabij({
		base,
		pins,
		layer: tag?.dataset["layer"] === "1" ? 1 : 2,
	}));
	// An element that is made before its children are there cannot tell what it has, and would take the place of the root that an edge gives it.
	void parsed().then(() => defineSuggestions(() => nabij.ready.then(() => nabij)));
	// The visitor's panel is another file. It comes because the page has the element, never because of what the visitor does.
	void nabij.ready.then(() => {
		if (!document.querySelector("nabij-control")) return;
		const url = new URL(pins.control.file, base).href;
		document.head.append(Object.assign(document.createElement("script"), {
			crossOrigin: "",
			integrity: pins.control.integrity,
			src: self.trustedTypes?.createPolicy("nabij", { createScriptURL: (own) => own }).createScriptURL(url) ?? url,
		}));
	}).catch(() => {}); // of a page that allows no policy of that name the browser has told
	// So is what explains suggestions: it comes when somebody asks for that, and for nothing else.
	nabij.explain = (options, file = "./nabij-explain.js") => (import(file) as Promise<typeof explaining>).then(({ explain }) => explain(nabij, options));
}
