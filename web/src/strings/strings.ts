import type { ReasonCode } from "../abi.js";
import { en } from "./en.js";
import { nl } from "./nl.js";

/** The words of the suggestions element: one file a language. {0} is an item's title or a topic's name. */
export type Strings = Record<ReasonCode | "suggestions" | "dismiss" | "dismissed", string>;

/** stringsFor returns the words in the language of an element, or in English. */
export const stringsFor = (lang = ""): Strings => (/^nl\b/i.test(lang) ? nl : en);

/** languageOf returns the language that an element is in, as the page says it. */
export const languageOf = (e: Element): string | undefined => e.closest<HTMLElement>("[lang]")?.lang || undefined;
