import type { ExplainStrings } from "./explain.js";

export const explainEn: ExplainStrings = {
	shownGeneral: "The list that everyone gets here at this moment.",
	shownOnly: "The only list that anyone can get here.",
	shownList: "List {0} of the {1} that anyone can get here; {2} % of plausible visits would.",
	shownDeclared: "A list for what you declared on this page.",
	shownFull: "A list for this visit, as you chose.",
	page: "Another page, another time of day or another device may have other lists.",
	visitList: "This list stays on this page. Another visit, or this one on pages to come, may get another of these lists.",
	visitFull: "The visit makes it likelier: {0}. A visit that goes on otherwise has others.",
	firstPages: "From page {0} of the visit on, the visit may pick another list.",
	wish: "“{0}” is declared as looked for. Without that it comes less.",
	dismiss: "“Not for me” takes it away for this visit.",
	less: "With “Nothing of mine” the visit has no part in it.",
	more: "Nothing of the visit counts now: the site, the browser or you have set it so. In the panel more may.",
	paused: "The visit is paused, so nothing of it counts. In the panel it goes on.",
	forget: "With “Forget this visit” it begins anew.",
	kinds: {
		view: "pages opened",
		search: "searches",
		filter: "filters",
		"basket-add": "the basket",
		"basket-remove": "the basket",
		purchase: "orders",
		chosen: "suggestions followed",
		preference: "what is declared as looked for",
	},
};
