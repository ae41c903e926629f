// What visitors declare ("I am looking for X, with Y"): topics, and facets of the catalogue. It stays in the visit, on this device.

import { firstFacet } from "./abi.js";
import type { Nabij } from "./nabij.js";
import type { Pack } from "./pack.js";
import { topicPath } from "./page.js";
import { readVisit } from "./visit.js";

/** Preference is one thing that was declared: a topic, by its path as in "Clothing > Rainwear", or a facet, as in "colour: blue". */
export interface Preference {
	topic?: string | undefined;
	facet?: string | undefined;
	/** Of 100; 0 takes it back. */
	strength: number;
}

/** Facet is a value that can be asked for. */
export interface Facet {
	/** As a signal has it in a topic's place. */
	number: number;
	group: string;
	value: string;
}

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** readFacets returns the facets of a pack in its order, those of a group side by side. */
export function readFacets(pack: Pack): Facet[] {
	const facets: Facet[] = [];
	for (let k = 0; ; k++) {
		const group = pack.record("fgrp", k)[0];
		if (group === undefined) return facets;
		facets.push({ number: firstFacet + k, group: decoded(pack.entry("gnam", group)), value: pack.topicName(firstFacet + k) });
	}
}

export const facetName = ({ group, value }: Facet): string => `${group}: ${value}`;

/** Declared is a preference as the visit keeps it. */
export interface Declared extends Preference {
	/** The topic's or the facet's number. */
	number: number;
	name: string;
	/** It was declared on the page at hand. */
	here: boolean;
}

/** preferences returns what the visitor has declared, the newest last: to show, or to keep in a file. */
export function preferences(nabij: Nabij): Declared[] {
	const { pack } = nabij;
	const saved = nabij.save();
	if (!pack || !saved) return [];
	const { preferred, pages } = readVisit(saved);
	const facets = readFacets(pack);
	return preferred.map(({ topic: number, percent: strength, page }) => {
		const facet = facets[number - firstFacet];
		return {
			topic: facet ? undefined : topicPath(pack, number), facet: facet && facetName(facet), strength,
			number, name: pack.topicName(number), here: page === pages,
		};
	});
}

/** prefer declares something, or with a strength of 0 takes it back, and tells the document so by a nabij-preferences event. At layer 3
 * it counts until it is taken back, at layer 2 on the page at hand. It throws where the pack has no such topic or facet. */
export function prefer(nabij: Nabij, { topic, facet, strength }: Preference): void {
	const found = readFacets(nabij.pack!).find((f) => facetName(f) === facet)?.number;
	nabij.observe({ signal: "preference", topic: found ?? topic, value: strength });
	document.dispatchEvent(new Event("nabij-preferences"));
}
