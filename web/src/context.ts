// What anyone's request tells, in coarse classes. Their numbers are the pack's (core/pack/FORMAT.md, "prio"); 0 is not known.

import { meta } from "./page.js";

/** device tells phones from tablets by the smaller side of the screen, and both from desktops by their pointer. */
const device = (): number => (!matchMedia("(pointer: coarse)").matches ? 9 : Math.min(screen.width, screen.height) < 600 ? 7 : 8);

/** referrer looks at the host alone. On the site's own pages it is not known: the visit has come from elsewhere before. */
function referrer(): number {
	if (!document.referrer) return 18;
	const host = new URL(document.referrer).hostname;
	if (host === location.hostname) return 0;
	if (/\bmail\.|^outlook\./.test(host)) return 21;
	if (/\b(google|bing|duckduckgo|ecosia|startpage|qwant|yahoo)\./.test(host)) return 19;
	if (/\b(facebook|instagram|t\.co|linkedin|pinterest|reddit|tiktok|youtube|bsky)\b/.test(host)) return 20;
	return 22;
}

/** classesNow returns daypart, day, device, region and referrer: as an edge has told the page, where there is one, so that both ask for the
 * same. The region is the edge's alone to tell. */
export function classesNow(): number[] {
	const told = meta("nabij-context");
	if (told) return told.split(" ").map(Number);
	const now = new Date();
	return [1 + (now.getHours() / 6 | 0), now.getDay() % 6 ? 5 : 6, device(), 0, referrer()];
}
