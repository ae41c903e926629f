import css from "./suggestions.css";
import { emit, tell, type Nabij, type Reply, type Suggestion } from "./nabij.js";
import type { Item } from "./pack.js";
import { languageOf, stringsFor, type Strings } from "./strings/strings.js";

/** veilMs is how long an element that was not painted yet holds its fallback back: what has been seen is never swapped. */
const veilMs = 100;
/** seenMs is how long half of a suggestion must be in view to have been seen. */
const seenMs = 1000;

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
 */
export function defineSuggestions(visit: () => Promise<Nabij>): void {
	if (customElements.get("nabij-suggestions")) return;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	customElements.define("nabij-suggestions", class extends HTMLElement {
		/** Markup that was there before its element's script may have been painted; what a script puts in was not. */
		#upgraded = this.isConnected;

		connectedCallback(): void {
			if (this.shadowRoot) return; // it was moved
			const root = this.attachShadow({ mode: "open" });
			root.adoptedStyleSheets = [sheet];
			const fallback = document.createElement("slot");
			root.append(fallback);
			const some = this.querySelector(":scope > :not(template)") ?? this.textContent!.trim();
			// Where nothing is painted yet, the fallback waits for a moment; where it may have been, it stays. An empty slot in
			// view for which the page keeps no room stays empty, as filling it would push away what is read.
			const painted = this.#upgraded && (performance.getEntriesByName("first-contentful-paint")[0] || document.readyState === "complete");
			let seen = !!(some && painted) && inView(this);
			if (some) {
				if (!painted) fallback.style.visibility = "hidden";
				new IntersectionObserver(([entry]) => {
					if (entry?.isIntersecting && !fallback.style.visibility) seen = true;
				}).observe(this);
				setTimeout(() => {
					seen ||= !!fallback.style.visibility && inView(this);
					fallback.style.visibility = "";
				}, veilMs);
			}
			void visit().then((nabij) => {
				const reply = nabij.suggest({ slot: this.getAttribute("slot-name") ?? "" });
				// Which list was picked must not show in what is fetched, nor whether it is shown: so all pictures, always.
				const images = this.getAttribute("images") === "none" ? [] : fetchImages(reply.public);
				const height = inView(this) ? this.offsetHeight : undefined;
				return () => {
					if (!(some ? seen : height === 0) && reply.suggestions.length) this.#show(root, nabij, reply, images, height);
				};
			}, () => {}) // why not was told
				.then((show) => show?.()) // once all slots were measured: each change would have the next one lay out the page again
				.catch(tell).then(() => (fallback.style.visibility = ""));
		}

		/** show fills the element, which keeps its height if that is given. */
		#show(root: ShadowRoot, nabij: Nabij, reply: Reply, images: HTMLImageElement[], height?: number): void {
			const language = languageOf(this);
			const words = stringsFor(language);
			const template = this.querySelector<HTMLTemplateElement>(":scope > template");
			const loaded = Promise.allSettled(images.map((e) => e.decode()));
			const status = make("span", "status");
			status.role = "status";
			const entries = reply.suggestions.map((s) => {
				const box = template ? (template.content.cloneNode(true) as DocumentFragment).firstElementChild ?? make("div", "") : skeleton();
				const hook = <E extends HTMLElement>(name: string): E | null => {
					const hooks = `[data-nabij=${name}],[part=${name}]`;
					return box.matches(hooks) ? (box as E) : box.querySelector<E>(hooks);
				};
				fill(hook, s, words, language);
				const blank = hook("image");
				const image = images.find((e) => e.getAttribute("src") === s.image);
				if (!image) hook("frame")?.remove();
				else if (blank) void loaded.then(() => {
					for (const { name, value } of blank.attributes) if (name !== "src") image.setAttribute(name, value);
					blank.replaceWith(image);
				});
				whenSeen(box, () => nabij.observe({ signal: "shown", item: s.id }));
				hook("link")?.addEventListener("click", () => nabij.observe({ signal: "chosen", item: s.id }));
				hook("dismiss")?.addEventListener("click", () => {
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
				const list = make("ul", "list", ...entries);
				list.role = "list";
				list.ariaLabel = this.getAttribute("label") ?? words.suggestions;
				if (height !== undefined) list.style.blockSize = `${height}px`;
				root.replaceChildren(list, status);
			}
			emit(this, "nabij-suggestions", { layer: reply.layer });
		}
	});
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

function fill(hook: <E extends HTMLElement>(name: string) => E | null, s: Suggestion, words: Strings,
	language: string | undefined): void {
	const link = hook<HTMLAnchorElement>("link");
	if (link && s.url) link.href = s.url;
	const texts = { title: s.title, price: priceWords(language, s), reason: reasonWords(words, s.reason) };
	for (const [name, text] of Object.entries(texts)) {
		const e = hook(name);
		if (!e) continue;
		e.textContent = text;
		e.hidden = !text;
		e.dir = "auto";
		if (name === "title" && s.language) e.lang = s.language;
	}
	const dismiss = hook("dismiss");
	if (dismiss) dismiss.title = dismiss.ariaLabel = `${words.dismiss}: ${s.title}`;
}
