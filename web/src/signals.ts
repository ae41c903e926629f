import { signalKinds, type SignalKind } from "./abi.js";

/** Signal is something that happens in a visit, in the site's own terms. */
export interface Signal {
	signal: SignalKind;
	/** The item's id; for engaged and scroll the page's where there is none. */
	item?: string | undefined;
	/** The topic's path, as in "Clothing > Rainwear", or its number in the pack; for a preference that may be a facet's. */
	topic?: string | number | undefined;
	/** Milliseconds for engaged, percent for scroll and preference. */
	value?: number;
	/** What was searched for, or filtered by. */
	text?: string;
}

type Sink = (signal: Signal) => void;

/** idleMs is how long after the last sign of life a page still counts as looked at. */
const idleMs = 15_000;

/** capture tells sink what the visitor does on the page, as far as the site has declared it: declared has bit k set for
 * each kind k. It returns a function that tells what has gathered since: time and depth. Nothing else is listened to. */
export function capture(declared: number, sink: Sink): () => void {
	const wants = (kind: SignalKind): boolean => ((declared >> signalKinds.indexOf(kind)) & 1) > 0;
	const flushes: (() => void)[] = [];
	if (wants("engaged")) flushes.push(engagement(sink));
	if (wants("scroll")) flushes.push(depth(sink));
	if (wants("purchase")) {
		for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="nabij-purchase"]')) {
			sink({ signal: "purchase", item: meta.content });
		}
	}
	// data-nabij="basket-add" and the like: of forms when they are sent, of anything else when clicked.
	for (const type of ["click", "submit"]) {
		addEventListener(type, ({ target }) => {
			const from = (target as Partial<Element>).closest?.<HTMLElement>("[data-nabij]"); // the document has none
			if (!from || (from instanceof HTMLFormElement) === (type === "click")) return;
			const { nabij, nabijItem: item, nabijTopic: topic } = from.dataset;
			const signal = nabij as SignalKind;
			if (!wants(signal)) return;
			if (signal !== "search") return sink({ signal, item, topic });
			const text = from.querySelector<HTMLInputElement>("[type=search],[name=q]")?.value.trim();
			if (text) sink({ signal, text });
		}, true);
	}
	return () => flushes.forEach((flush) => flush());
}

/** engagement measures the time for which the page is visible and something is being done on it. */
function engagement(sink: Sink): () => void {
	let last = performance.now();
	let visible = !document.hidden;
	let total = 0;
	const tick = (): void => {
		const now = performance.now();
		if (visible) total += Math.min(now - last, idleMs);
		last = now;
		visible = !document.hidden;
	};
	for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "visibilitychange"]) {
		addEventListener(sign, tick, true);
	}
	return () => {
		tick();
		if (total >= 1) sink({ signal: "engaged", value: total });
		total = 0;
	};
}

/** depth measures how far down the page was seen, in percent. */
function depth(sink: Sink): () => void {
	let deepest = 0;
	const look = (): void => {
		const { scrollHeight } = document.documentElement;
		deepest = Math.max(deepest, Math.min(100, (100 * (scrollY + innerHeight)) / scrollHeight));
	};
	addEventListener("scroll", look);
	return () => {
		if (!deepest) look();
		sink({ signal: "scroll", value: deepest });
		deepest = 0;
	};
}
