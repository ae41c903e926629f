// Where a visit is kept between pages: nowhere at layer 1, the tab's own sessionStorage at layer 2, localStorage at layer 3,
// which only the visitor can choose. What the visitor chose is kept as long as the visit.

/** Kept is what is kept of a visit. */
export interface Kept {
	/** The engine's saved bytes, in base64; absent at layer 1. */
	visit?: string;
	/** The layer that the visitor chose; absent when none was. */
	choice?: number;
	/** The visitor wants nothing to be counted. */
	paused?: boolean;
}

const key = "nabij";
/** A browser may deny storage by throwing when it is so much as looked at. */
const stores = [() => localStorage, () => sessionStorage];

/** keep writes what is kept, to the store that its choice allows, and clears the other. A store that is full or denied
 * costs the visit its memory and nothing else. */
export function keep(kept: Kept): void {
	const empty = kept.visit === undefined && kept.choice === undefined && !kept.paused;
	stores.forEach((store, k) => {
		try {
			if (empty || (kept.choice === 3) !== (k === 0)) store().removeItem(key);
			else store().setItem(key, JSON.stringify(kept));
		} catch {
			// See above.
		}
	});
}

/** kept reads what keep wrote; whatever cannot be read is nothing. */
export function kept(): Kept {
	for (const store of stores) {
		try {
			const found: unknown = JSON.parse(store().getItem(key) ?? "null");
			if (found && typeof found === "object") {
				const { visit, choice, paused } = found as Record<string, unknown>;
				return {
					...(typeof visit === "string" && { visit }),
					...((choice === 1 || choice === 2 || choice === 3) && { choice }),
					...(paused === true && { paused }),
				};
			}
		} catch {
			// Denied, or damaged.
		}
	}
	return {};
}

export const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const fromText = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
