import { signalKinds, type SignalKind } from "./abi.js";

/** Signal is something that happens in a visit, in the site's own terms. */
export interface Signal {
	signal: SignalKind;
	/** The item's id; for engaged and scroll the page's where there is none. */
	item?: string;
	/** The topic's path, as in "Clothing > Rainwear". */
	topic?: string;
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
	addEventListener("click", (event) => declare(event.target, false), true);
	addEventListener("submit", (event) => declare(event.target, true), true);
	if (wants("purchase")) {
		for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="nabij-purchase"]')) {
			sink({ signal: "purchase", item: meta.content });
		}
	}
	return () => flushes.forEach((flush) => flush());

	/** declare reads data-nabij="basket-add" and the like: from forms when they are sent, from anything else when clicked. */
	function declare(target: EventTarget | null, sent: boolean): void {
		const from = target instanceof Element ? target.closest<HTMLElement>("[data-nabij]") : null;
		if (!from || (from instanceof HTMLFormElement) !== sent) return;
		const { nabij, nabijItem: item, nabijTopic: topic } = from.dataset;
		if (!signalKinds.includes(nabij as SignalKind) || !wants(nabij as SignalKind)) return;
		const signal = nabij as SignalKind;
		if (signal !== "search") {
			sink({ signal, ...(item && { item }), ...(topic && { topic }) });
			return;
		}
		const field = from.querySelector<HTMLInputElement>('input[type="search"],input[name="q"]');
		if (field?.value.trim()) sink({ signal, text: field.value.trim() });
	}
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
	};
	for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) {
		addEventListener(sign, tick, { passive: true, capture: true });
	}
	document.addEventListener("visibilitychange", () => {
		tick();
		visible = !document.hidden;
	});
	return () => {
		tick();
		if (total >= 1) sink({ signal: "engaged", value: Math.floor(total) });
		total = 0;
	};
}

/** depth measures how far down the page was seen, in percent. */
function depth(sink: Sink): () => void {
	let deepest = 0;
	let told = 0;
	const look = (): void => {
		const { scrollHeight } = document.documentElement;
		deepest = Math.max(deepest, Math.min(100, Math.round((100 * (scrollY + innerHeight)) / scrollHeight)));
	};
	look();
	addEventListener("scroll", look, { passive: true });
	return () => {
		if (deepest > told) sink({ signal: "scroll", value: (told = deepest) });
	};
}
