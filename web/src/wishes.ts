import { firstFacet, noTopic, number, signalKinds } from "./abi.js";
import { button, make, say } from "./markup.js";
import type { Nabij } from "./nabij.js";
import type { Pack } from "./pack.js";
import { topicPath } from "./page.js";
import { facetName, prefer, preferences, readFacets, type Declared, type Facet, type Preference } from "./preferences.js";
import type { ControlStrings } from "./strings/control.js";

export interface Field {
	element: HTMLElement;
	refresh(): void;
}

/** wishForm shows what the visitor has declared, to change, take back and keep, and all that can be: the catalogue's topics and facets in a
 * language. It is nothing where wishes are not declared. */
export function wishForm(nabij: Nabij, pack: Pack, words: ControlStrings, language: string, done: (said: string) => void): Field | undefined {
	if (!((pack.signals >> signalKinds.indexOf("preference")) & 1)) return undefined;
	const facets = readFacets(pack).filter((f) => isSpoken(pack, f, language));
	const boxes = new Map<number, HTMLInputElement>();
	const about = make("p", "");
	const list = make("ul", "declared");
	const actions = make("div", "actions",
		button("export", words.export, () => save(preferences(nabij))),
		button("clear", words.clear, () => {
			for (const wish of preferences(nabij)) prefer(nabij, { ...wish, strength: 0 });
			done(words.nothing);
			summary.focus();
		}));
	const summary = make("summary", "heading", words.wishes);
	const element = make("details", "wishes", summary, about, list, actions);

	const declare = (wish: Omit<Preference, "strength">, strength: number, name: string): void => {
		prefer(nabij, { ...wish, strength });
		done(say(strength ? words.wished : words.unwished, name));
	};
	const box = (n: number, name: string, wish: Omit<Preference, "strength">): HTMLElement => {
		const input = make("input", "");
		input.type = "checkbox";
		input.addEventListener("change", () => declare(wish, input.checked ? 100 : 0, name));
		boxes.set(n, input);
		return make("label", "", input, make("bdi", "", name));
	};
	const children = topicTree(pack, language);
	const tree = (topics: readonly number[]): HTMLElement => make("ul", "topics", ...topics.map((topic) => {
		const below = children.get(topic);
		return make("li", "", box(topic, pack.topicName(topic), { topic: topicPath(pack, topic) }), ...(below ? [tree(below)] : []));
	}));
	/** choices are the facets, a group each; those of a group stand side by side. */
	const choices = (): HTMLElement[] => {
		const groups = new Map<string, HTMLElement>();
		for (const f of facets) {
			const { group } = f;
			if (!groups.has(group)) groups.set(group, make("fieldset", "facets", make("legend", "heading", words[`group-${group}` as "group-price"] ?? group)));
			groups.get(group)!.append(box(f.number, f.value, { facet: facetName(f) }));
		}
		return [...groups.values()];
	};

	/** row is one thing that was declared. */
	const row = ({ name, here, strength, topic, facet }: Declared): HTMLElement => {
		const wish = { topic, facet };
		const choice = Object.assign(make("input", ""), { type: "range", min: 25, step: 25, value: strength, ariaLabel: say(words.strength, name) });
		choice.addEventListener("change", () => {
			declare(wish, +choice.value, name);
			list.lastElementChild!.querySelector("input")!.focus(); // what is declared again is the newest
		});
		const remove = button("remove", "×", () => {
			declare(wish, 0, name);
			summary.focus();
		});
		remove.ariaLabel = say(words.unwished, name);
		return make("li", "", make("bdi", "", name), nabij.layer === 2 && !here ? words.elsewhere : "", choice, remove);
	};
	const refresh = (): void => {
		const wishes = preferences(nabij);
		about.textContent = [words.general, words.wishes2, words.layer3about][nabij.layer - 1]!;
		list.hidden = actions.hidden = !wishes.length;
		list.replaceChildren(...wishes.map(row));
		const wished = new Set(wishes.map((w) => w.number));
		for (const [n, input] of boxes) input.checked = wished.has(n);
	};
	// A catalogue may have thousands of topics: they are made when they are asked for.
	element.addEventListener("toggle", () => {
		if (boxes.size) return;
		element.append(...choices(), tree(children.get(noTopic) ?? []));
		refresh();
	});
	return { element, refresh };
}

/** save hands the visitor a file of what they have declared. Nothing is sent for it; its few bytes go with the page. */
const save = (wishes: readonly Declared[]): void =>
	Object.assign(document.createElement("a"), {
		href: URL.createObjectURL(new Blob([JSON.stringify(wishes, ["topic", "facet", "strength"], "\t")])), download: "nabij-preferences.json",
	}).click();

/** languageNumber returns 1 + the number of a language in the pack, or 0 where it has none of it. */
const languageNumber = (pack: Pack, language: string): number =>
	pack.languages.findIndex((tag) => language.toLowerCase().startsWith(tag.toLowerCase().split("-")[0]!)) + 1;

/** suits reports whether an item is in a language, or in none. */
const suits = (pack: Pack, item: number, spoken: number): boolean => {
	const of = pack.record("lang", item)[0] ?? 0;
	return !spoken || !of || of === spoken;
};

/** isSpoken reports whether a facet is of an item in the language. Its entry is distances between items, in LEB128. */
function isSpoken(pack: Pack, facet: Facet, language: string): boolean {
	const spoken = languageNumber(pack, language);
	let item = -1;
	let scale = 1;
	for (const byte of pack.entry("fitm", facet.number - firstFacet)) {
		item += (byte & 127) * scale;
		scale *= 128;
		if (byte > 127) continue;
		if (suits(pack, item, spoken)) return true;
		scale = 1;
	}
	return false;
}

/** topicTree returns the topics that may be wished for by their parents: neither sensitive, nor of another language alone. */
function topicTree(pack: Pack, language: string): Map<number, number[]> {
	const spoken = languageNumber(pack, language);
	const used = new Set<number>();
	for (let item = 0; item < pack.items; item++) {
		if (!suits(pack, item, spoken)) continue;
		const topics = pack.record("topi", item);
		for (let k = 0; k + 1 < topics.length; k += 2) {
			for (let t = number(topics, k, 2); t !== noTopic && !used.has(t); t = pack.topicParent(t)) used.add(t);
		}
	}
	const children = new Map<number, number[]>();
	for (const topic of [...used].sort((a, b) => pack.topicName(a).localeCompare(pack.topicName(b), language || undefined))) {
		if (pack.record("tflg", topic)[0]) continue;
		const parent = pack.topicParent(topic);
		children.set(parent, [...(children.get(parent) ?? []), topic]);
	}
	return children;
}
