// Where a visit is kept between pages: nowhere at layer 1, the tab's own sessionStorage at layer 2, localStorage at layer 3,
// which only the visitor can choose. What the visitor chose is kept as long as the visit.

import { latin } from "./pack.js";

/** Kept is what is kept of a visit. */
export interface Kept {
	/** The engine's saved bytes; absent at layer 1. */
	visit?: Uint8Array | undefined;
	/** The layer that the visitor chose; absent when none was. */
	choice?: number | undefined;
	/** The visitor wants nothing to be counted. */
	paused?: boolean;
}

export const storeKey = "nabij";
/** A browser may deny storage by throwing when it is so much as looked at. */
const stores = [() => localStorage, () => sessionStorage];

/** keep writes what is kept, to the store that its choice allows, and clears the other: "choice.p.visit", with a p when
 * paused. A store that is full or denied costs the visit its memory and nothing else. */
export function keep({ choice, paused, visit }: Kept): void {
	const text = `${choice ?? ""}.${paused ? "p" : ""}.${visit ? btoa(latin(visit)) : ""}`;
	stores.forEach((store, k) => {
		try {
			if (text === ".." || (choice === 3) !== (k === 0)) store().removeItem(storeKey);
			else store().setItem(storeKey, text);
		} catch {
			// See above.
		}
	});
}

/** kept reads what keep wrote; whatever cannot be read is nothing. */
export function kept(): Kept {
	for (const store of stores) {
		try {
			const [, choice, paused, visit] = /^([1-3]?)\.(p?)\.(.*)$/.exec(store().getItem(storeKey)!)!;
			return {
				choice: choice ? +choice : undefined,
				paused: !!paused,
				visit: visit ? Uint8Array.from(atob(visit), (c) => c.charCodeAt(0)) : undefined,
			};
		} catch {
			// Denied, damaged, or nothing.
		}
	}
	return {};
}
