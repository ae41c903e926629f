import { shallowRef, watch, type ShallowRef } from "vue";
import type { Suggestion } from "nabij";
import { nabij } from "../nabij.js";

/** useSuggestions returns what a slot of the page about an item suggests, and a way to say "not for me". */
export function useSuggestions(slot: string, item: () => string | undefined): [ShallowRef<readonly Suggestion[]>, (s: Suggestion) => void] {
	const suggestions = shallowRef<readonly Suggestion[]>([]);
	watch(item, (item, _, onCleanup) => {
		let left = false;
		onCleanup(() => (left = true));
		nabij.ready.then(() => {
			if (!left) suggestions.value = nabij.suggest({ slot, item }).suggestions;
		}, () => {}); // nabij has said why
	}, { immediate: true });
	const dismiss = (s: Suggestion): void => {
		nabij.observe({ signal: "dismissed", item: s.id });
		suggestions.value = suggestions.value.filter(({ id }) => id !== s.id);
	};
	return [suggestions, dismiss];
}
