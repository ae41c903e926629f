// What a page has sent so far, by what decides it: for the debug overlay. It is a look, no proof: `nabij audit` compares visits.

/** Sum is how many requests there were, and their bytes as far as the server tells them. */
export interface Sum {
	requests: number;
	bytes: number;
}

export interface Sent {
	/** The page itself, and what stands in its markup and style sheets. */
	markup: Sum;
	/** Nabij's own files, and the pictures of all that the page's slots could show to anyone. */
	nabij: Sum;
	/** What the page alone does not explain: behaviour may have decided it, or a script of the site. */
	other: Sum;
	/** The addresses of the latter. */
	others: string[];
}

/** metric is under which a response of `nabij serve` says how many bytes its request took. */
const metric = "nabij-sent";
const ownFile = /\/nabij\/(nabij|nabij-datalayer|nabij-[0-9a-f]{10})\.(js|wasm|pack)$/;
const overlayFile = /\/nabij\/-\/[a-z.]+$/;

/** markupAddresses returns the addresses in the page's markup. */
function markupAddresses(): Set<string> {
	const found = new Set<string>();
	const add = (address: string): void => {
		if (URL.canParse(address, document.baseURI)) found.add(new URL(address, document.baseURI).href);
	};
	for (const e of document.querySelectorAll("[src],[href],[srcset],[poster],[data]")) {
		for (const name of ["src", "href", "poster", "data"]) {
			const address = e.getAttribute(name);
			if (address) add(address);
		}
		for (const candidate of e.getAttribute("srcset")?.split(",") ?? []) add(candidate.trim().split(/\s/)[0]!);
	}
	return found;
}

/** watchRequests begins to look, and returns what tells what was sent so far; pictures are the addresses of those that the page's
 * slots could show. */
export function watchRequests(): (pictures: Iterable<string>) => Sent {
	const markup = markupAddresses();
	// The page's own request is the first.
	const entries = performance.getEntriesByType("navigation") as PerformanceResourceTiming[];
	new PerformanceObserver((list) => entries.push(...(list.getEntries() as PerformanceResourceTiming[])))
		.observe({ type: "resource", buffered: true });
	return (pictures) => {
		const listed = new Set([...pictures].map((src) => new URL(src, document.baseURI).href));
		const sent: Sent = { markup: { requests: 0, bytes: 0 }, nabij: { requests: 0, bytes: 0 }, other: { requests: 0, bytes: 0 }, others: [] };
		for (const entry of entries) {
			if (overlayFile.test(entry.name)) continue;
			if (!entry.transferSize && entry.decodedBodySize) continue; // the browser had it
			const sum = ownFile.test(entry.name) || listed.has(entry.name) ? sent.nabij
				: markup.has(entry.name) || /^(navigation|css)$/.test(entry.initiatorType) ? sent.markup : sent.other;
			if (sum === sent.other) sent.others.push(entry.name);
			sum.requests++;
			sum.bytes += entry.serverTiming?.find((timing) => timing.name === metric)?.duration ?? 0;
		}
		return sent;
	};
}
