import { firstFacet, signalKinds } from "./abi.js";
import { NabijError } from "./engine.js";
import type { Nabij, Reply, Suggestion } from "./nabij.js";
import type { Pack } from "./pack.js";
import { facetName, readFacets } from "./preferences.js";
import { explainStringsFor, type ExplainStrings } from "./strings/explain.js";
import { languageOf, stringsFor, type Strings } from "./strings/strings.js";
import { readVisit, type Visit } from "./visit.js";

/** What would change a suggestion: another page or moment; the visit as it goes on; another visit alone, as what lists may tell of this one is
 * used up; that the visit gets beyond its first pages; taking back a wish; "not for me"; that less of the visit counts, or more; forgetting
 * the visit. */
export type ChangeCode = "page" | "visit" | "budget" | "first-pages" | "wish" | "dismiss" | "less" | "more" | "forget";

export interface Change {
	code: ChangeCode;
	words: string;
}

/** Explanation says of a suggestion why it stands there, and what would change it. It names what the visitor has declared, and nothing
 * else of the visit: so a page may show it. */
export interface Explanation {
	slot: string;
	/** The item's id and title. */
	id: string;
	title: string;
	/** The layer that worked: 1 the page and the moment, 2 the visit picked one of the page's lists, 3 all of the visit. */
	layer: number;
	/** Which of the page's lists is shown, of how many that anyone could get: 1 of 1 at layer 1. Both are 0 for a list of the visitor's own: at
	 * layer 3, and for what was declared on the page. */
	list: number;
	lists: number;
	/** Of 1: of the plausible visits that would be shown the same list; 0 for one of the visitor's own. */
	share: number;
	/** The last three in words. */
	shown: string;
	reason: Suggestion["reason"];
	/** The reason in words. */
	why: string;
	changes: Change[];
}

/** ExplainOptions say what to explain: the slots of the page's elements, in the page's language, unless they say otherwise. */
export interface ExplainOptions {
	slot?: string;
	/** A BCP 47 tag: Dutch, or else English. */
	language?: string;
}

const say = (words: string, ...what: (string | number)[]): string => words.replace(/\{(\d)\}/g, (_, k: string) => String(what[+k]));

/** slotsOf returns the names of the page's slots that the pack has. To ask for what they hold costs nothing of the budget: their
 * elements have asked before. */
export function slotsOf(nabij: Nabij): Set<string> {
	const names = [...document.querySelectorAll("nabij-suggestions")].map((e) => e.getAttribute("slot-name") ?? "");
	return new Set(names.filter((name) => nabij.pack!.slots.includes(name)));
}

/** explain says of each suggestion on the page which list it is of, how many visits would get that, why it is there and what would change
 * it. It changes nothing, and sends nothing. Call it once the visit is ready. */
export function explain(nabij: Nabij, { slot, language }: ExplainOptions = {}): Explanation[] {
	if (!nabij.pack) throw new NabijError("not ready");
	const tag = language ?? languageOf(document.documentElement);
	const words = explainStringsFor(tag);
	const reasons = stringsFor(tag);
	return [...(slot === undefined ? slotsOf(nabij) : [slot])].flatMap((name) => {
		const reply = nabij.suggest({ slot: name }, true); // lift tells what is the visit's doing
		return reply.suggestions.map((s) => ({
			slot: name,
			id: s.id,
			title: s.title,
			layer: reply.layer,
			list: isOwn(reply) ? 0 : reply.face + 1,
			lists: isOwn(reply) ? 0 : reply.faces,
			share: reply.share,
			shown: shownWords(reply, words),
			reason: s.reason,
			why: whyWords(s.reason, reasons),
			changes: changesOf(nabij, reply, s, words, tag),
		}));
	});
}

/** isOwn reports whether a list is none of those that anyone could get. */
const isOwn = ({ layer, faces, share }: Reply): boolean => layer === 3 || (faces === 1 && !share);

function shownWords(reply: Reply, words: ExplainStrings): string {
	const { layer, face, faces, share } = reply;
	if (layer === 1) return words.shownGeneral;
	if (isOwn(reply)) return layer === 3 ? words.shownFull : words.shownDeclared;
	return faces > 1 ? say(words.shownList, face + 1, faces, Math.round(100 * share) || "<1") : words.shownOnly;
}

const whyWords = ({ code, item, topic }: Suggestion["reason"], words: Strings): string => say(words[code], item ?? topic ?? "");

/** raised is how much likelier than by the page alone an item must be for the visit to be called a cause. */
const raised = 1.05;

/** changesOf says what would change that a suggestion is shown, the most telling first. */
function changesOf(nabij: Nabij, { layer, faces, bitsSpent, bitsLeft }: Reply, s: Suggestion, words: ExplainStrings, language?: string): Change[] {
	const pack = nabij.pack!;
	const visit = readVisit(nabij.save()!);
	const firstPages = pack.record("poli", 0)[3] ?? 0;
	const changes: Change[] = [];
	const add = (code: ChangeCode, text: string): void => void changes.push({ code, words: text });
	if (s.reason.code === "you-asked") add("wish", say(words.wish, wishOf(pack, visit, s.reason.topic)));
	if (layer === 3) {
		if (s.lift === 0 || s.lift >= raised || s.reason.code === "pick-up") add("visit", say(words.visitFull, kindsOf(visit, words, language)));
	} else if (layer === 2 && faces > 1) {
		// Each list that a visit picks tells log2 of how many there are.
		if (bitsLeft < Math.log2(faces)) add("budget", say(words.budget, Math.round(bitsSpent + bitsLeft)));
		else add("visit", words.visitList);
	} else if (layer === 1 && nabij.layer > 1 && visit.pages <= firstPages) {
		add("first-pages", say(words.firstPages, firstPages + 1));
	}
	add("page", words.page);
	if ((pack.signals >> signalKinds.indexOf("dismissed")) & 1) add("dismiss", words.dismiss);
	if (layer > 1) {
		add("less", words.less);
		add("forget", words.forget);
	} else if (nabij.layer === 1 && pack.maxLayer > 1) {
		add("more", nabij.paused ? words.paused : words.more);
	}
	return changes;
}

/** wishOf returns what a reason names as asked for. A facet has its group with it: its value alone may be a number. */
function wishOf(pack: Pack, { preferred }: Visit, name = ""): string {
	const wish = preferred.find(({ topic }) => pack.topicName(topic) === name);
	const facet = wish && readFacets(pack)[wish.topic - firstFacet];
	return facet ? facetName(facet) : name;
}

/** kindsOf lists the kinds of signals that the visit has. */
function kindsOf({ events, preferred }: Visit, words: ExplainStrings, language?: string): string {
	const kinds = new Set<string>();
	for (const { kind } of events) if (kind in words.kinds) kinds.add(words.kinds[kind as keyof ExplainStrings["kinds"]]);
	if (preferred.length) kinds.add(words.kinds.preference);
	return new Intl.ListFormat(/^nl\b/i.test(language ?? "") ? "nl" : "en").format(kinds);
}
