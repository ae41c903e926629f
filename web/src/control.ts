import css from "./control.css";
import { button, make, say } from "./markup.js";
import type { Nabij } from "./nabij.js";
import type { Pack } from "./pack.js";
import { controlStringsFor, type ControlStrings } from "./strings/control.js";
import { languageOf } from "./strings/strings.js";
import { readVisit } from "./visit.js";
import { wishForm, type Field } from "./wishes.js";

export { preferences, prefer, type Declared, type Preference } from "./preferences.js";

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
	const wishes = wishForm(nabij, pack, words, languageOf(host) ?? "", done);
	const pause = make("input", "");
	pause.type = "checkbox";
	pause.addEventListener("change", () => {
		nabij.paused = pause.checked;
		done(pause.checked ? words.paused : "");
	});
	const forget = button("forget", words.forget, () => {
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
		const line = say(words[kind as "view"], item === undefined ? pack.topicName(topic!) : pack.item(item).title);
		lines.set(line, (lines.get(line) ?? 0) + engagedMs);
	}
	for (const { topic, page } of preferred) if (nabij.layer > 2 || page === pages) lines.set(say(words.preference, pack.topicName(topic)), 0);
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
