// The script that a site's pages load: it starts the visit and makes the elements. Everything it needs to know stands in
// PINS, which a build puts in, and on its own tag:
//
//	<script defer src="/nabij/nabij.js" data-layer="1"></script>
//
// data-layer is the highest layer until nabij.allow is called: 2, or 1 on a site that asks first.

import { Nabij, type Pins } from "./nabij.js";
import { defineSuggestions } from "./suggestions.js";

declare const PINS: Pins;
declare global {
	interface Window {
		nabij?: Nabij;
	}
	interface Navigator {
		readonly connection?: { readonly saveData?: boolean };
	}
}

const tag = document.currentScript as HTMLScriptElement | null;
const saving = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

// A visitor who wants to save data keeps the page as it is.
if (!saving && !window.nabij && typeof WebAssembly === "object") {
	const nabij = (window.nabij = new Nabij({
		base: tag?.src || location.href,
		pins: PINS,
		layer: tag?.dataset["layer"] === "1" ? 1 : 2,
	}));
	defineSuggestions(() => nabij.ready.then(() => nabij));
}
