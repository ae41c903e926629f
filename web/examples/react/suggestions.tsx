import { useEffect, useState, type DetailedHTMLProps, type HTMLAttributes } from "react";
import type { Suggestion } from "nabij";
import { nabij } from "../nabij.js";

declare module "react" {
	namespace JSX {
		interface IntrinsicElements {
			"nabij-suggestions": DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { "slot-name": string; label?: string; images?: "none" };
		}
	}
}

/** useSuggestions returns what a slot of the page about an item suggests, and a way to say "not for me". */
export function useSuggestions(slot: string, item?: string): [readonly Suggestion[], (s: Suggestion) => void] {
	const [suggestions, show] = useState<readonly Suggestion[]>([]);
	useEffect(() => {
		let left = false;
		nabij.ready.then(() => {
			if (!left) show(nabij.suggest({ slot, item }).suggestions);
		}, () => {}); // nabij has said why
		return () => void (left = true);
	}, [slot, item]);
	const dismiss = (s: Suggestion): void => {
		nabij.observe({ signal: "dismissed", item: s.id });
		show((all) => all.filter(({ id }) => id !== s.id));
	};
	return [suggestions, dismiss];
}

/** Inspiration is a list in the site's own markup. */
export function Inspiration({ item }: { item?: string | undefined }) {
	const [suggestions, dismiss] = useSuggestions("home", item);
	return (
		<ul className="suggestions">
			{suggestions.map((s) => (
				<li key={s.id}>
					<a href={s.url} onClick={() => nabij.observe({ signal: "chosen", item: s.id })}>{s.title}</a>{" "}
					<button type="button" aria-label={`Not for me: ${s.title}`} onClick={() => dismiss(s)}>×</button>
				</li>
			))}
		</ul>
	);
}
