import { explainEn } from "./explain-en.js";
import { explainNl } from "./explain-nl.js";

/** The words of explanations: one file a language. {0}, {1} and {2} are numbers, the name of a topic or a facet, or kinds of signals. */
export type ExplainStrings = Record<"shownGeneral" | "shownOnly" | "shownList" | "shownDeclared" | "shownFull" | "page" | "visitList" | "visitFull" | "budget" |
	"firstPages" | "wish" | "dismiss" | "less" | "more" | "paused" | "forget", string> & {
	kinds: Record<"view" | "search" | "filter" | "basket-add" | "basket-remove" | "purchase" | "chosen" | "preference", string>;
};

/** explainStringsFor returns the words in a language, or in English. */
export const explainStringsFor = (lang = ""): ExplainStrings => (/^nl\b/i.test(lang) ? explainNl : explainEn);
