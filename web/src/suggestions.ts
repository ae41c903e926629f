import css from "./suggestions.css";
import type { SignalKind } from "./abi.js";
import { emit, tell, type Nabij, type Reply, type Suggestion } from "./nabij.js";
import type { Item } from "./pack.js";
import { kept } from "./store.js";
import { languageOf, stringsFor, type Strings } from "./strings/strings.js";

/** veilMs is how long an element that was not painted yet holds its fallback back: what has been seen is never swapped. */
const veilMs = 100;
/** seenMs is how long half of a suggestion must be in view to have been seen. */
const seenMs = 1000;

/** edgeEntries are the entries that an edge has put in: of a list of its own, or by the site's template. */
const edgeEntries = ":is([slot=nabij],[slot=nabij]>*)[data-nabij-item]";

declare global {
	interface HTMLElementTagNameMap {
		"nabij-suggestions": HTMLElement;
		"nabij-control": HTMLElement;
	}
}

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, part: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
	const e = document.createElement(tag);
	e.setAttribute("part", part);
	e.append(...children);
	return e;
};

/** reasonWords says why an item is suggested, in terms of the page and the catalogue. */
export const reasonWords = (words: Strings, { code, item, topic }: Suggestion["reason"]): string =>
	words[code].replace("{0}", () => item ?? topic ?? "");

/** priceWords writes a price in the language of the element. */
export function priceWords(language: string | undefined, { price, currency }: Item): string {
	if (!price) return "";
	try {
		const format = new Intl.NumberFormat(language, { style: "currency", currency });
		return format.format(price / 10 ** format.resolvedOptions().maximumFractionDigits!);
	} catch {
		return ""; // no currency, or none that is known, or no such language
	}
}

/** define registers <nabij-suggestions>, which fills its slot from a visit.
 *
 * Its children are what stays when there is nothing better, or when they have been seen before that is known. A <template>
 * among them is the site's own markup of a suggestion, used in light DOM: in it, elements with data-nabij="link", "title",
 * "price", "reason", "image" or "dismiss" are filled.
 *
 * What an edge has put in, for a slot named "nabij" of a declarative root, is taken for what it is: a list that stays as it came on the first
 * page of a visit, at layer 1, and where it has been seen.
 */
export function defineSuggestions(visit: () => Promise<Nabij>): void {
	if (customElements.get("nabij-suggestions")) return;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	customElements.define("nabij-suggestions", class extends HTMLElement {
		/** Markup that was there before its element's script may have been painted; what a script puts in was not. */
		#upgraded = this.isConnected;
		#visited = visit();

		connectedCallback(): void {
			if (this.shadowRoot?.adoptedStyleSheets[0]) return; // it was moved
			const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
			root.adoptedStyleSheets = [sheet];
			const fallback = root.querySelector("slot") ?? root.appendChild(document.createElement("slot"));
			const some = this.querySelector(":scope > :not(template)") ?? this.textContent!.trim();
			// Where nothing is painted yet, the fallback waits for a moment; where it may have been, it stays. An empty slot in
			// view for which the page keeps no room stays empty, as filling it would push away what is read.
			const painted = this.#upgraded && (performance.getEntriesByName("first-contentful-paint")[0] || document.readyState === "complete");
			let seen = !!(some && painted) && inView(this);
			if (this.#upgraded) for (const box of this.querySelectorAll<HTMLElement>(edgeEntries)) {
				fallback.name ||= "nabij"; // not every browser makes roots of templates
				seen ||= !kept().visit;
				this.#attend(box, box.dataset["nabijItem"]!);
			}
			if (some) {
				if (!(painted || seen)) fallback.style.visibility = "hidden";
				new IntersectionObserver(([entry]) => {
					if (entry?.isIntersecting && !fallback.style.visibility) seen = true;
				}).observe(this);
				setTimeout(() => {
					seen ||= !!fallback.style.visibility && inView(this);
					fallback.style.visibility = "";
				}, veilMs);
			}
			void this.#visited.then((nabij) => {
				const reply = nabij.suggest({ slot: this.getAttribute("slot-name") ?? "" });
				// Which list was picked must not show in what is fetched, nor whether it is shown: so all pictures, always.
				const images = this.getAttribute("images") === "none" ? [] : fetchImages(reply.public);
				const height = inView(this) ? this.offsetHeight : undefined;
				return () => {
					if (fallback.name && reply.layer < 2) seen = true;
					if (!(some ? seen : height === 0) && reply.suggestions.length) this.#show(root, reply, images, height);
				};
			}, () => {}) // why not was told
				.then((show) => show?.()) // once all slots were measured: each change would have the next one lay out the page again
				.catch(tell).then(() => (fallback.style.visibility = ""));
		}

		/** show fills the element, which keeps its height if that is given. */
		#show(root: ShadowRoot, reply: Reply, images: HTMLImageElement[], height?: number): void {
			const language = languageOf(this);
			const words = stringsFor(language);
			const template = this.querySelector<HTMLTemplateElement>(":scope > template:not([shadowrootmode])");
			const loaded = Promise.allSettled(images.map((e) => e.decode()));
			const entries = reply.suggestions.map((s) => {
				const box = template ? (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement : skeleton();
				fill(box, s, words, language);
				const blank = hook(box, "image");
				const image = images.find((e) => e.getAttribute("src") === s.image);
				if (!image) hook(box, "frame")?.remove();
				else if (blank) void loaded.then(() => {
					for (const { name, value } of blank.attributes) if (name !== "src") image.setAttribute(name, value);
					blank.replaceWith(image);
				});
				this.#attend(box, s.id);
				return box;
			});
			if (template) {
				root.querySelector("slot")!.name = "";
				this.replaceChildren(template, ...entries);
			} else {
				const list = make("ul", "list", ...entries);
				list.role = "list";
				list.ariaLabel = this.getAttribute("label") ?? words.suggestions;
				if (height !== undefined) list.style.blockSize = `${height}px`;
				root.replaceChildren(list);
			}
			emit(this, "nabij-suggestions", { layer: reply.layer });
		}

		/** attend tells the visit what becomes of an entry: seen, chosen, or taken away. */
		#attend(box: HTMLElement, item: string): void {
			// What an edge has put in may be of another pack.
			const tells = (signal: SignalKind) => (): void => void this.#visited.then((nabij) => nabij.observe({ signal, item })).catch(() => {});
			whenSeen(box, tells("shown"));
			hook(box, "link")?.addEventListener("click", tells("chosen"));
			hook(box, "dismiss")?.addEventListener("click", () => {
				tells("dismissed")();
				const next = (box.nextElementSibling ?? box.previousElementSibling)?.querySelector<HTMLElement>("a,button");
				box.remove();
				// Each has an element of its own, which is there before its words: so screen readers say them every time.
				const status = make("output", "status");
				this.shadowRoot!.append(status);
				setTimeout(() => (status.textContent = stringsFor(languageOf(this)).dismissed), veilMs);
				next?.focus();
			});
		}
	});
}

/** hook finds the place of that name in an entry. */
function hook<E extends HTMLElement>(box: HTMLElement, name: string): E | null {
	const hooks = `[data-nabij=${name}],[part=${name}]`;
	return box.matches(hooks) ? (box as E) : box.querySelector<E>(hooks);
}

/** inView reports whether any of the element is in the window. */
function inView(e: Element): boolean {
	const { top, bottom, width } = e.getBoundingClientRect();
	return width > 0 && bottom > 0 && top < innerHeight && !document.hidden;
}

/** whenSeen calls back once half of the element has been in view for a while. */
function whenSeen(e: Element, then: () => void): void {
	let timer = 0;
	const observer = new IntersectionObserver((entries) => {
		clearTimeout(timer);
		if (entries.at(-1)!.isIntersecting) timer = setTimeout(() => {
			observer.disconnect();
			then();
		}, seenMs);
	}, { threshold: 0.5 });
	observer.observe(e);
}

/** fetchImages fetches the pictures of all items, in an order that depends on no visit. They must stay off the page until
 * all are there: a browser asks with another priority, which it tells the server, for a picture that it shows. One that does not come
 * leaves its place empty. */
function fetchImages(items: readonly Item[]): HTMLImageElement[] {
	return [...new Set(items.map((item) => item.image))].filter(Boolean).map((src) => {
		const image = Object.assign(make("img", "image"), { alt: "", src });
		image.onerror = () => image.removeAttribute("src");
		return image;
	});
}

/** skeleton is the element's own markup of a suggestion, whose parts are hooks as data-nabij is in a template. */
const skeleton = (): HTMLElement => make("li", "suggestion",
	make("a", "link", make("span", "frame", make("img", "image")), make("span", "title"), make("span", "price")),
	make("span", "reason"), make("button", "dismiss", "×"));

function fill(box: HTMLElement, s: Suggestion, words: Strings, language: string | undefined): void {
	const link = hook<HTMLAnchorElement>(box, "link");
	if (link && s.url) link.href = s.url;
	const texts = { title: s.title, price: priceWords(language, s), reason: reasonWords(words, s.reason) };
	for (const [name, text] of Object.entries(texts)) {
		const e = hook(box, name);
		if (!e) continue;
		e.textContent = text;
		e.hidden = !text;
		e.dir = "auto";
		if (name === "title" && s.language) e.lang = s.language;
	}
	const dismiss = hook(box, "dismiss");
	if (dismiss) dismiss.title = dismiss.ariaLabel = `${words.dismiss}: ${s.title}`;
}
