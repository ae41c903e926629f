import type { SignalKind } from "../abi.js";
import { controlEn } from "./control-en.js";
import { controlNl } from "./control-nl.js";

/** The words of the visitor's panel: one file a language. {0} is an item's title, a topic's name or a number. */
export type ControlStrings = Record<Exclude<SignalKind, "engaged" | "scroll" | "shown"> | "heading" | "general" | "nothing" | "first" |
	"minutes" | "seconds" | "layers" | "layer1" | "layer1about" | "layer2" | "layer2about" | "layer3" | "layer3about" | "browser" |
	"pause" | "paused" | "forget" | "forgotten" | "chosenLayer" | "wishes" | "wishes2" | "elsewhere" | "strength" | "export" | "clear" |
	"wished" | "unwished" | "use" | "useAbout" |
	"never" | "policy" | "never1" | "never2" | "never3", string> &
	/** Groups of facets by the names that a pack has, where these are not the language's own. */
	Partial<Record<`group-${"price" | "kind" | "brand" | "color" | "colour" | "size"}`, string>>;

/** controlStringsFor returns the words in the language of an element, or in English. */
export const controlStringsFor = (lang = ""): ControlStrings => (/^nl\b/i.test(lang) ? controlNl : controlEn);
