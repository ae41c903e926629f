// A router in a few lines, to show the one that matters: nabij.page.

import { nabij } from "./nabij.js";
import { productAt } from "./products.js";

const listeners = new Set<() => void>();

export const currentPath = (): string => location.pathname;

/** subscribe calls back after each change of the path. It returns a function that ends it. */
export function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function arrive(): void {
	const product = productAt(currentPath());
	nabij.page(product ? { item: product.id } : {}); // before anything on the new page asks for suggestions
	document.title = product?.title ?? "Plants";
	listeners.forEach((listener) => listener());
}

addEventListener("popstate", arrive);

// Links of the site itself, those that <nabij-suggestions> shows too, are followed without loading a page.
addEventListener("click", (event) => {
	const link = event.composedPath().find((e) => e instanceof HTMLAnchorElement);
	if (!link || link.origin !== location.origin || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	history.pushState(null, "", link.href);
	arrive();
	scrollTo(0, 0);
});
