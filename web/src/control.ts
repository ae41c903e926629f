import { noTopic, signalKinds } from "./abi.js";
import css from "./control.css";
import type { Nabij } from "./nabij.js";
import type { Pack } from "./pack.js";
import { topicPath } from "./page.js";
import { controlStringsFor, type ControlStrings } from "./strings/control.js";
import { languageOf } from "./strings/strings.js";
import { readVisit } from "./visit.js";

type Child = Node | string;

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, part: string, ...children: Child[]): HTMLElementTagNameMap[K] => {
	const e = document.createElement(tag);
	if (part) e.setAttribute("part", part);
	e.append(...children);
	return e;
};
const say = (words: string, what: string | number): string => words.replace("{0}", () => String(what));

/** defineControl registers <nabij-control>, the visitor's panel: what counts in the visit, how much may, and what is wished.
 * Its children stay where there is no visit. */
export function defineControl(visit: () => Promise<Nabij>): void {
	if (!customElements.get("nabij-control")) customElements.define("nabij-control", class extends HTMLElement {
		connectedCallback(): void {
			void visit().then((nabij) => {
				if (nabij.pack && this.isConnected && !this.shadowRoot) fill(this, nabij, nabij.pack);
			}, () => {});
		}
	});
}

function fill(host: HTMLElement, nabij: Nabij, pack: Pack): void {
	const root = host.attachShadow({ mode: "open" });
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	root.adoptedStyleSheets = [sheet];
	const words = controlStringsFor(languageOf(host));
	const counted = make("div", "counted");
	const status = make("p", "status");
	status.role = "status";
	const layers = layerChoice(nabij, pack, words, () => done(words.chosenLayer));
	const wishes = wishForm(host, nabij, pack, words, done);
	const pause = make("input", "");
	pause.type = "checkbox";
	pause.addEventListener("change", () => {
		nabij.paused = pause.checked;
		done(pause.checked ? words.paused : "");
	});
	const forget = make("button", "forget", words.forget);
	forget.type = "button";
	forget.addEventListener("click", () => {
		nabij.forget();
		done(words.forgotten);
	});

	/** refresh shows what is so now; done besides says what was done. */
	function refresh(): void {
		counted.replaceChildren(...whatCounts(nabij, pack, words));
		pause.checked = nabij.paused;
		layers.refresh();
		wishes?.refresh();
	}
	function done(said: string): void {
		refresh();
		status.textContent = said;
	}

	// The page may name the address of the policy for visitors to read.
	const more = make("a", "policy", words.policy);
	const policy = host.getAttribute("policy");
	more.href = policy ?? "";

	refresh();
	root.append(
		make("section", "counts", make("h3", "heading", words.heading), counted),
		layers.element,
		make("div", "actions", make("label", "", pause, words.pause), forget, status),
		...(wishes ? [wishes.element] : []),
		make("section", "use", make("h3", "heading", words.use), make("p", "", words.useAbout)),
		make("section", "never", make("h3", "heading", words.never),
			make("ul", "", ...[words.never1, words.never2, words.never3].map((line) => make("li", "", line))), ...(policy ? [more] : [])),
	);
	host.addEventListener("pointerenter", refresh);
	host.addEventListener("focusin", refresh);
	addEventListener("pageshow", refresh);
}

/** whatCounts says in words what the visit has, newest first. */
function whatCounts(nabij: Nabij, pack: Pack, words: ControlStrings): Node[] {
	const saved = nabij.save();
	if (nabij.layer === 1 || !saved) return [make("p", "", nabij.paused ? words.paused : words.general)];
	const { events, pages, preferred, dismissedItems, dismissedTopics } = readVisit(saved);
	const lines = new Map<string, number>();
	for (const { kind, item, topic, engagedMs } of events.reverse()) {
		if (item === undefined && topic === undefined) continue;
		const line = say(words[kind as keyof ControlStrings], item === undefined ? pack.topicName(topic!) : pack.item(item).title);
		lines.set(line, (lines.get(line) ?? 0) + engagedMs);
	}
	for (const { topic } of preferred) lines.set(say(words.preference, pack.topicName(topic)), 0);
	for (const item of dismissedItems) lines.set(say(words.dismissed, pack.item(item).title), 0);
	for (const topic of dismissedTopics) lines.set(say(words.dismissed, pack.topicName(topic)), 0);
	const nodes: Node[] = [];
	const firstPages = pack.record("poli", 0)[3] ?? 0;
	if (pages <= firstPages) nodes.push(make("p", "", say(words.first, firstPages + 1)));
	nodes.push(!lines.size ? make("p", "", words.nothing) : make("ul", "list", ...[...lines].map(([line, ms]) => {
		const seconds = Math.round(ms / 1000);
		const time = seconds >= 60 ? say(words.minutes, Math.round(seconds / 60)) : say(words.seconds, seconds);
		const text = make("bdi", "", line);
		return make("li", "", text, ...(seconds ? [` (${time})`] : []));
	})));
	return nodes;
}

interface Field {
	element: HTMLElement;
	refresh(): void;
}

function layerChoice(nabij: Nabij, pack: Pack, words: ControlStrings, chosen: () => void): Field {
	const inputs = ([1, 2, 3] as const).filter((layer) => layer <= pack.maxLayer).map((layer) => {
		const input = make("input", "");
		input.type = "radio";
		input.name = "layer";
		input.addEventListener("change", () => {
			nabij.choose(layer);
			chosen();
		});
		return { layer, input };
	});
	const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
	const element = make("fieldset", "layers", make("legend", "heading", words.layers),
		...(globalPrivacyControl ? [make("p", "", words.browser)] : []),
		...inputs.map(({ layer, input }) =>
			make("label", "", input, make("span", "", make("strong", "", words[`layer${layer}`]), words[`layer${layer}about`]))));
	return {
		element,
		refresh: () => {
			for (const { layer, input } of inputs) input.checked = layer === nabij.layer;
		},
	};
}

/** wishForm is a form of the catalogue's topics in the element's language, or nothing when wishes are not declared. */
function wishForm(host: HTMLElement, nabij: Nabij, pack: Pack, words: ControlStrings, done: (said: string) => void): Field | undefined {
	if (!((pack.signals >> signalKinds.indexOf("preference")) & 1)) return undefined;
	const boxes = new Map<number, HTMLInputElement>();
	const element = make("details", "wishes", make("summary", "heading", words.wishes), make("p", "", words.wishesAbout));
	const children = topicTree(pack, languageOf(host) ?? "");
	const list = (topics: readonly number[]): HTMLElement => make("ul", "topics", ...topics.map((topic) => {
		const box = make("input", "");
		const name = pack.topicName(topic);
		box.type = "checkbox";
		box.addEventListener("change", () => {
			nabij.observe({ signal: "preference", topic: topicPath(pack, topic), value: box.checked ? 100 : 0 });
			done(say(box.checked ? words.wished : words.unwished, name));
		});
		boxes.set(topic, box);
		const below = children.get(topic);
		return make("li", "", make("label", "", box, make("bdi", "", name)), ...(below ? [list(below)] : []));
	}));
	const refresh = (): void => {
		const saved = nabij.save();
		const wished = new Set(saved ? readVisit(saved).preferred.map((p) => p.topic) : []);
		for (const [topic, box] of boxes) box.checked = wished.has(topic);
	};
	// A catalogue may have thousands of topics: they are made when they are asked for.
	element.addEventListener("toggle", () => {
		if (!boxes.size) {
			element.append(list(children.get(noTopic) ?? []));
			refresh();
		}
	});
	return { element, refresh };
}

/** topicTree returns the topics that may be wished for by their parents: neither sensitive, nor of another language alone. */
function topicTree(pack: Pack, language: string): Map<number, number[]> {
	const spoken = pack.languages.findIndex((tag) => language.toLowerCase().startsWith(tag.toLowerCase().split("-")[0]!)) + 1;
	const used = new Set<number>();
	for (let item = 0; item < pack.items; item++) {
		const of = pack.record("lang", item)[0] ?? 0;
		if (spoken && of && of !== spoken) continue;
		const topics = pack.record("topi", item);
		for (let k = 0; k + 1 < topics.length; k += 2) {
			for (let t = topics[k]! | (topics[k + 1]! << 8); t !== noTopic && !used.has(t); t = pack.topicParent(t)) used.add(t);
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
