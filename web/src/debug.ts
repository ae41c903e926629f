import type { Outcome } from "./abi.js";
import css from "./debug.css";
import { watchRequests, type Sent, type Sum } from "./debug-requests.js";
import { slotsOf } from "./explain.js";
import type { Nabij, Reply } from "./nabij.js";
import type { Signal } from "./signals.js";
import { readVisit } from "./visit.js";

/** DebugElement is <nabij-debug>, the overlay of `nabij serve`. */
export interface DebugElement extends HTMLElement {
	/** Why what is served is not of the newest files; nothing when it is. */
	fault: string | undefined;
}

type Child = Node | string;

/** everyMs is how often the overlay looks again. */
const everyMs = 1000;
/** lately is how many signals it lists. */
const lately = 12;
/** openKey is where the tab remembers that the overlay is open. */
const openKey = "nabij-debug";

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string>, ...children: Child[]): HTMLElementTagNameMap[K] => {
	const e = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
	e.append(...children);
	return e;
};
const text = (words: string, className = ""): HTMLElement => make("p", className ? { class: className } : {}, words);
const heading = (words: string): HTMLElement => make("h2", {}, words);
const row = (cell: "th" | "td", ...cells: Child[]): HTMLElement => make("tr", {}, ...cells.map((c) => make(cell, {}, c)));
const percent = (share: number): string => `${(100 * share).toFixed(share && share < 0.1 ? 1 : 0)} %`;
const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
const sum = ({ requests, bytes }: Sum): string => `${bytes} B in ${counted(requests, "request")}`;

/** Uncounted is a signal of this page that the engine did not take up. */
interface Uncounted {
	signal: Signal;
	why: Exclude<Outcome, "counted"> | "refused";
}

/** defineDebug registers <nabij-debug>: the visit's signals and intent, what each slot of the page holds and why, what is left of the
 * budget, and what the page has sent. */
export function defineDebug(ready: Promise<Nabij>): void {
	const sent = watchRequests();
	const uncounted: Uncounted[] = [];
	const asked = new Set<string>();
	const pictures = new Set<string>();
	let visit: Nabij | undefined;
	let failure: string | undefined;
	const started = ready.then((nabij) => {
		visit = nabij;
		const observe = nabij.observe.bind(nabij);
		nabij.observe = (...signals) => {
			let outcomes: Outcome[] = [];
			try {
				outcomes = observe(...signals);
				return outcomes;
			} catch (e) {
				for (const signal of signals) uncounted.unshift({ signal, why: "refused" });
				throw e;
			} finally {
				outcomes.forEach((why, k) => why !== "counted" && uncounted.unshift({ signal: signals[k]!, why }));
			}
		};
	}, (e: unknown) => {
		failure = (e as Error).message;
	});

	customElements.define("nabij-debug", class extends HTMLElement implements DebugElement {
		#fault = make("p", { part: "fault", role: "alert", hidden: "" });
		#panel = make("section", { part: "panel", "aria-label": "Nabij on this page", tabindex: "0", hidden: "" });
		#toggle = make("button", { part: "toggle", type: "button", "aria-expanded": "false" }, "Nabij");
		#timer = 0;

		constructor() {
			super();
			const root = this.attachShadow({ mode: "open" });
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(css);
			root.adoptedStyleSheets = [sheet];
			root.append(this.#fault, this.#panel, this.#toggle);
			this.#toggle.addEventListener("click", () => this.#open(this.#panel.hidden));
			this.#panel.addEventListener("keydown", ({ key }) => {
				if (key !== "Escape") return;
				this.#open(false);
				this.#toggle.focus();
			});
		}

		connectedCallback(): void {
			void started.then(() => this.#open(remembered()));
			document.addEventListener("nabij-suggestions", () => this.#look());
			document.addEventListener("nabij-error", (event) => {
				failure = ((event as CustomEvent<Error>).detail).message;
				this.#look();
			});
		}

		get fault(): string | undefined {
			return this.#fault.textContent || undefined;
		}

		set fault(why: string | undefined) {
			this.#fault.textContent = why ? `Not built, this is of before: ${why}` : "";
			this.#fault.hidden = !why;
		}

		#open(open: boolean): void {
			this.#panel.hidden = !open;
			this.#toggle.ariaExpanded = String(open);
			remember(open);
			clearInterval(this.#timer);
			this.#timer = setInterval(() => this.#look(), everyMs);
			this.#look();
		}

		/** look shows what is so now. */
		#look(): void {
			const slots = new Map<string, Reply>();
			if (visit && !failure) for (const slot of slotsOf(visit)) {
				// What a slot could show to anyone is asked for once, the rest when somebody looks.
				if (this.#panel.hidden && asked.has(slot)) continue;
				const reply = visit.suggest({ slot }, true);
				slots.set(slot, reply);
				asked.add(slot);
				for (const { image } of reply.public) if (image) pictures.add(image);
			}
			const now = sent(pictures);
			this.#toggle.textContent = failure ? "Nabij: failed" : !visit ? "Nabij: waiting"
				: `Nabij · layer ${visit.layer} · ${now.other.bytes} B because of behaviour`;
			if (this.#panel.hidden) return;
			const at = this.#panel.scrollTop;
			const focused = (this.shadowRoot!.activeElement as HTMLElement | null)?.dataset["key"];
			this.#panel.replaceChildren(...(failure ? [heading("Nabij has failed"), text(failure, "alarm"), text("The page's own content stays.")]
				: !visit ? [heading("Nabij has not started"), text(waitingFor())]
				: [...visitParts(visit, () => this.#look()), ...[...slots].flatMap(([name, reply]) => slotParts(name, reply)),
					...(slots.size ? [] : [heading("No slot"), text('Put <nabij-suggestions slot-name="…"> on the page to have one. The pack has: ' + visit.pack!.slots.join(", "))]),
					...signalParts(visit, uncounted)]), ...sentParts(now));
			this.#panel.scrollTop = at;
			if (focused) this.#panel.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
		}
	});
}

/** waitingFor says what a visit may be waiting for, or why it does not come. */
function waitingFor(): string {
	if (!window.nabij) return "There is no window.nabij: the browser has no WebAssembly, or asks to save data, or the page lacks the script.";
	return "Module and pack are on their way.";
}

function remembered(): boolean {
	try {
		return sessionStorage.getItem(openKey) === "open";
	} catch {
		return false; // storage is denied
	}
}

function remember(open: boolean): void {
	try {
		if (open) sessionStorage.setItem(openKey, "open");
		else sessionStorage.removeItem(openKey);
	} catch {
		// See above.
	}
}

function visitParts(nabij: Nabij, refresh: () => void): Child[] {
	const pack = nabij.pack!;
	const visit = readVisit(nabij.save()!);
	const { mode, confidence, topics } = nabij.intent();
	const bits = pack.record("poli", 0)[2] ?? 0;
	const button = (key: string, words: string, act: () => void, pressed?: boolean): HTMLElement => {
		const e = make("button", { type: "button", "data-key": key, ...(pressed === undefined ? {} : { "aria-pressed": String(pressed) }) }, words);
		e.addEventListener("click", () => {
			act();
			refresh();
		});
		return e;
	};
	const layers = ([1, 2, 3] as const).filter((layer) => layer <= pack.maxLayer)
		.map((layer) => button(`layer-${layer}`, String(layer), () => nabij.choose(layer), layer === nabij.layer));
	return [
		heading("Visit"),
		make("div", { part: "layers", role: "group", "aria-label": "Layer" }, "Layer", ...layers, button("forget", "Forget the visit", () => nabij.forget())),
		text(`A layer chosen here works from the next page on. ${counted(visit.pages, "page")} so far.${nabij.paused ? " Paused: nothing is added." : ""}`, "faint"),
		text(`Budget: ${visit.bitsSpent.toFixed(1)} of ${bits} bits are spent.`),
		make("meter", { min: "0", max: String(bits || 1), value: String(visit.bitsSpent), "aria-label": "Bits spent" }),
		heading("Intent"),
		text(confidence ? `${mode}, ${percent(confidence)} sure` : "Not known yet.", confidence ? "" : "faint"),
		...(topics.length ? [make("ul", {}, ...topics.map((t) => make("li", {}, `${t.topic}, ${percent(t.confidence)}`)))] : []),
	];
}

function slotParts(name: string, { layer, face, faces, share, suggestions }: Reply): Child[] {
	const list = layer === 2 ? (faces > 1 ? `, list ${face + 1} of the ${faces} that anyone could get, for ${percent(share)} of plausible visits` : share ? ", the only list that anyone could get" : ", as declared on this page") : layer === 1 ? ", the list that everyone gets" : ", as it would be now";
	if (!suggestions.length) return [heading(`Slot ${name}`), text(`Layer ${layer}: nothing to suggest, so the page's own content stays.`)];
	return [
		heading(`Slot ${name}`),
		make("table", {}, make("caption", {}, `Layer ${layer}${list}`),
			make("thead", {}, row("th", "Suggestion", "Prior", "Posterior", "Lift")),
			make("tbody", {}, ...suggestions.map((s) => row("td",
				make("span", { dir: "auto" }, s.title, make("br", {}), make("span", { class: "faint" }, reasonWords(s))),
				s.lift ? percent(s.score / s.lift) : "0 %", percent(s.score), s.lift ? s.lift.toFixed(2) : "new")))),
	];
}

const reasonWords = ({ reason: { code, item, topic } }: Reply["suggestions"][number]): string =>
	code + (item ?? topic ? `: ${item ?? topic}` : "");

function signalParts(nabij: Nabij, uncounted: readonly Uncounted[]): Child[] {
	const pack = nabij.pack!;
	const visit = readVisit(nabij.save()!);
	const now = Date.now();
	const name = (item: number | undefined, topic: number | undefined): string =>
		item !== undefined ? pack.item(item).title : topic !== undefined ? pack.topicName(topic) : "";
	const rows = visit.events.reverse().slice(0, lately).map((e) => row("td", make("span", { class: "words" }, `${e.kind} ${name(e.item, e.topic)}`),
		`${Math.round((now - e.atMs) / 1000)} s ago`, e.engagedMs ? `${Math.round(e.engagedMs / 1000)} s` : "", e.depth ? `${e.depth} %` : ""));
	const said = [
		...visit.preferred.map((p) => `looking for ${pack.topicName(p.topic)}, ${p.percent} %`),
		...visit.dismissedItems.map((item) => `dismissed ${pack.item(item).title}`),
		...visit.dismissedTopics.map((topic) => `dismissed ${pack.topicName(topic)}`),
		...visit.fatigued.map((f) => `shown on ${counted(f.pages, "page")} and not chosen: ${pack.topicName(f.topic)}`),
	];
	const left = uncounted.slice(0, lately).map(({ signal: s, why }) => `${s.signal} ${s.item ?? s.topic ?? s.text ?? ""}: ${why}`);
	return [
		heading("Signals that count"),
		rows.length ? make("table", {}, make("thead", {}, row("th", "Signal", "When", "Engaged", "Depth")), make("tbody", {}, ...rows)) : text("None.", "faint"),
		...(said.length ? [make("ul", {}, ...said.map((words) => make("li", {}, words)))] : []),
		...(left.length ? [heading("Not counted on this page"), make("ul", {}, ...left.map((words) => make("li", {}, words)))] : []),
	];
}

function sentParts({ markup, nabij, other, others }: Sent): Child[] {
	return [
		heading("Sent by this page"),
		text(`Because of behaviour: ${sum(other)}`, other.requests ? "alarm" : ""),
		...(others.length ? [make("ul", {}, ...others.map((address) => make("li", {}, address)))] : []),
		text(`By its markup: ${sum(markup)}. By Nabij, for any visit the same: ${sum(nabij)}.` +
			(others.length ? " What neither explains is listed above: a script of the site may have asked for it." : ""), "faint"),
	];
}
