// For sites that tell Google Tag Manager or gtag.js what their visitors do: the same pushes, as signals. What is read stays
// on the page like any signal; nothing is pushed.

import type { SignalKind } from "./abi.js";
import type { Nabij } from "./nabij.js";
import type { Signal } from "./signals.js";

/** The events that are signals, by GA4's names for them. What a page shows and what is chosen of it, Nabij sees by itself. */
const kinds = new Map<unknown, SignalKind>([
	["add_to_cart", "basket-add"],
	["remove_from_cart", "basket-remove"],
	["purchase", "purchase"],
	["search", "search"],
]);

interface Pushed {
	event?: unknown;
	ecommerce?: { items?: unknown } | null;
	items?: unknown;
	search_term?: unknown;
}

/** signalsOf returns what was pushed as signals, one an item: GTM's { event, ecommerce: { items } }, or the arguments of
 * gtag("event", name, { items }). */
function signalsOf(pushed: unknown): Signal[] {
	const given = (pushed ?? {}) as Pushed & ArrayLike<unknown>;
	const e: Pushed = given[0] === "event" ? { ...(given[2] as Pushed), event: given[1] } : given;
	const signal = kinds.get(e.event);
	if (!signal) return [];
	if (signal === "search") {
		const text = String(e.search_term ?? "").trim();
		return text ? [{ signal, text }] : [];
	}
	const items = e.ecommerce?.items ?? e.items;
	return (Array.isArray(items) ? items : []).flatMap((item: { item_id?: unknown } | null) =>
		item?.item_id == null ? [] : [{ signal, item: String(item.item_id) }]);
}

/** fromDataLayer makes signals of what window[name] holds and will be pushed to it: add_to_cart, remove_from_cart, purchase
 * and search. A site's pushes go on as they were, to GTM too. What cannot be counted, as an item that the pack lacks, is told
 * in the console once. It returns a function that ends it. */
export function fromDataLayer(nabij: Pick<Nabij, "ready" | "observe">, name = "dataLayer"): () => void {
	const global = globalThis as unknown as Record<string, unknown[] | undefined>;
	const layer = (global[name] ??= []);
	const told = new Set<string>();
	let ended = false;

	const observe = (signal: Signal): void => {
		try {
			if (!ended) nabij.observe(signal);
		} catch (e) {
			const text = `nabij: ${(e as Error).message}`;
			if (!told.has(text)) console.warn(text);
			told.add(text);
		}
	};
	const take = (pushed: unknown): void => {
		try {
			const signals = signalsOf(pushed);
			if (signals.length) void nabij.ready.then(() => signals.forEach(observe), () => {}); // why not was told
		} catch {
			// What was pushed throws when it is read: it is no event.
		}
	};

	const before = layer.push;
	layer.forEach(take);
	layer.push = (...pushed) => {
		const result = before.apply(layer, pushed); // GTM's answers for itself
		pushed.forEach(take);
		return result;
	};
	return () => void (ended = true);
}
