import { tell, type Nabij, type Reply, type Suggestion } from "./nabij.js";
import type { Item } from "./pack.js";
import css from "./suggestions.css";
import { languageOf, stringsFor, type Strings } from "./strings/strings.js";

/** veilMs is how long an element that was not painted yet holds its fallback back: what has been seen is never swapped. */
const veilMs = 100;
/** seenMs is how long half of a suggestion must be in view to have been seen. */
const seenMs = 1000;

let sheet: CSSStyleSheet | undefined;

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, part: string, text = ""): HTMLElementTagNameMap[K] => {
	const e = document.createElement(tag);
	e.setAttribute("part", part);
	e.textContent = text;
	return e;
};

/** reasonWords says why an item is suggested, in terms of the page and the catalogue. */
export const reasonWords = (words: Strings, { code, item, topic }: Suggestion["reason"]): string =>
	words[code].replace("{0}", () => item ?? topic ?? "");

/** priceWords writes a price in the language of the element. */
export function priceWords(language: string, { price, currency }: Item): string {
	if (!price || !currency) return "";
	try {
		const format = new Intl.NumberFormat(language || undefined, { style: "currency", currency });
		return format.format(price / 10 ** format.resolvedOptions().maximumFractionDigits!);
	} catch {
		return ""; // no such currency or language
	}
}

/** define registers <nabij-suggestions>, which fills its slot from a visit.
 *
 * Its children are what stays when there is nothing better, or when they have been seen before that is known. A <template>
 * among them is the site's own markup of a suggestion, used in light DOM: in it, elements with data-nabij="link", "title",
 * "price", "reason", "image" or "dismiss" are filled.
 */
export function defineSuggestions(visit: () => Promise<Nabij>): void {
	customElements.define("nabij-suggestions", class extends HTMLElement {
		#filled = false;

		connectedCallback(): void {
			if (this.#filled) return;
			this.#filled = true;
			const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
			if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
			root.adoptedStyleSheets = [sheet];
			const fallback = document.createElement("slot");
			root.replaceChildren(fallback);
			const some = [...this.childNodes].some((n) => (n instanceof Element ? n.localName !== "template" : n.textContent!.trim()));
			// Where nothing is painted yet, the fallback waits for a moment; where it may have been, it stays. An empty slot in
			// view for which the page keeps no room stays empty, as filling it would push away what is read.
			const painted = performance.getEntriesByName("first-contentful-paint").length > 0 || document.readyState === "complete";
			let seen = inView(this) && (some ? painted : !this.offsetHeight);
			if (some) {
				if (!painted) fallback.className = "veiled";
				new IntersectionObserver(([entry]) => {
					if (entry?.isIntersecting && !fallback.className) seen = true;
				}).observe(this);
				setTimeout(() => {
					seen ||= !!fallback.className && inView(this);
					fallback.className = "";
				}, veilMs);
			}
			void visit().then((nabij) => {
				const reply = nabij.suggest({ slot: this.getAttribute("slot-name") ?? "" });
				// Which list was picked must not show in what is fetched, nor whether it is shown: so all pictures, always.
				const images = this.getAttribute("images") === "none" ? new Map<string, HTMLImageElement>() : fetchImages(reply.public);
				if (!seen && reply.suggestions.length) this.#show(root, nabij, reply, images);
				fallback.className = "";
			}, () => (fallback.className = "")).catch(tell);
		}

		#show(root: ShadowRoot, nabij: Nabij, reply: Reply, images: Map<string, HTMLImageElement>): void {
			const language = languageOf(this);
			const words = stringsFor(language);
			const template = this.querySelector<HTMLTemplateElement>(":scope > template");
			const status = make("span", "status");
			status.setAttribute("role", "status");
			const list = template ? this : make("ul", "list");
			const shown = new IntersectionObserver((entries) => {
				for (const { target, isIntersecting } of entries) {
					clearTimeout(timers.get(target));
					if (isIntersecting) timers.set(target, setTimeout(() => {
						shown.unobserve(target);
						nabij.observe({ signal: "shown", item: target.getAttribute("data-nabij-id")! });
					}, seenMs));
				}
			}, { threshold: 0.5 });
			const timers = new Map<Element, ReturnType<typeof setTimeout>>();
			const entries = reply.suggestions.map((s) => {
				const entry = template ? fillTemplate(template, s, words, language, images) : makeEntry(s, words, language, images);
				const [box, link, dismiss] = entry;
				box.setAttribute("data-nabij-id", s.id);
				shown.observe(box);
				link?.addEventListener("click", () => nabij.observe({ signal: "chosen", item: s.id }));
				dismiss?.addEventListener("click", () => {
					nabij.observe({ signal: "dismissed", item: s.id });
					const next = (box.nextElementSibling ?? box.previousElementSibling)?.querySelector<HTMLElement>("a,button");
					box.remove();
					status.textContent = words.dismissed;
					next?.focus();
				});
				return box;
			});
			if (template) {
				this.replaceChildren(template, ...entries);
				root.append(status);
			} else {
				list.setAttribute("role", "list");
				list.setAttribute("aria-label", this.getAttribute("label") ?? words.suggestions);
				list.append(...entries);
				if (inView(this)) list.style.blockSize = `${this.offsetHeight}px`;
				root.replaceChildren(list, status);
			}
			this.dispatchEvent(new CustomEvent("nabij-suggestions", { bubbles: true, detail: { layer: reply.layer } }));
		}
	});
}

/** inView reports whether any of the element is in the window. */
function inView(e: Element): boolean {
	const { top, bottom, width } = e.getBoundingClientRect();
	return width > 0 && bottom > 0 && top < innerHeight && !document.hidden;
}

/** fetchImages fetches the pictures of all items, in an order that depends on no visit. They must stay off the page until
 * all are there: a browser asks with another priority, which it tells the server, for a picture that it shows. */
function fetchImages(items: readonly Item[]): Map<string, HTMLImageElement> {
	const images = new Map<string, HTMLImageElement>();
	for (const { image } of items) {
		if (!image || images.has(image)) continue;
		const e = make("img", "image");
		e.alt = "";
		e.decoding = "async";
		e.referrerPolicy = "same-origin";
		e.src = image;
		images.set(image, e);
	}
	return images;
}

/** place shows a picture once all are there. */
function place(images: Map<string, HTMLImageElement>, url: string, show: (image: HTMLImageElement) => void): void {
	const image = images.get(url);
	if (image) void Promise.allSettled([...images.values()].map((e) => e.decode())).then(() => show(image));
}

type Entry = [box: Element, link: HTMLElement | null, dismiss: HTMLElement | null];

function makeEntry(s: Suggestion, words: Strings, language: string, images: Map<string, HTMLImageElement>): Entry {
	const box = make("li", "suggestion");
	const link = make("a", "link");
	if (s.url) link.href = s.url;
	const title = make("span", "title", s.title);
	title.dir = "auto";
	if (s.language) title.lang = s.language;
	if (images.has(s.image)) {
		const frame = make("span", "frame");
		place(images, s.image, (image) => frame.append(image));
		link.append(frame);
	}
	link.append(title);
	const price = priceWords(language, s);
	if (price) link.append(make("span", "price", price));
	const dismiss = make("button", "dismiss", "×");
	dismiss.type = "button";
	dismiss.title = words.dismiss;
	dismiss.setAttribute("aria-label", `${words.dismiss}: ${s.title}`);
	const reason = make("span", "reason", reasonWords(words, s.reason));
	reason.dir = "auto";
	box.append(link, reason, dismiss);
	return [box, link, dismiss];
}

function fillTemplate(template: HTMLTemplateElement, s: Suggestion, words: Strings, language: string,
	images: Map<string, HTMLImageElement>): Entry {
	const box = (template.content.cloneNode(true) as DocumentFragment).firstElementChild ?? document.createElement("div");
	const hook = <E extends HTMLElement>(name: string): E | null =>
		(box.matches(`[data-nabij="${name}"]`) ? box : box.querySelector(`[data-nabij="${name}"]`)) as E | null;
	const link = hook<HTMLAnchorElement>("link");
	if (link && s.url) link.href = s.url;
	const texts = { title: s.title, price: priceWords(language, s), reason: reasonWords(words, s.reason) };
	for (const [name, text] of Object.entries(texts)) {
		const e = hook(name);
		if (e) e.textContent = text;
	}
	const blank = hook<HTMLImageElement>("image");
	if (blank) {
		place(images, s.image, (image) => {
			for (const { name, value } of blank.attributes) if (name !== "src") image.setAttribute(name, value);
			blank.replaceWith(image);
		});
	}
	const dismiss = hook("dismiss");
	dismiss?.setAttribute("aria-label", `${words.dismiss}: ${s.title}`);
	return [box, link, dismiss];
}
