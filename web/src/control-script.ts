// The script of the visitor's panel, which script.ts fetches for pages that have <nabij-control>.

import { defineControl } from "./control.js";
import { prefer, preferences } from "./preferences.js";

const { nabij } = window;
if (nabij) {
	nabij.prefer = (preference) => prefer(nabij, preference);
	nabij.preferences = () => preferences(nabij);
	defineControl(() => nabij.ready.then(() => nabij));
	// Slots that are filled already follow what was just asked for: each is made anew. Without pictures, as fetching some again would tell.
	document.addEventListener("nabij-preferences", () => {
		for (const slot of document.querySelectorAll("nabij-suggestions")) {
			const anew = slot.cloneNode(true) as HTMLElement;
			anew.setAttribute("images", "none");
			slot.replaceWith(anew);
		}
	});
}
