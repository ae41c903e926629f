// The script of the overlay that `nabij serve` puts on pages: who works on a site sees what Nabij does there, and the page is
// loaded again when something changes. Its own tag has the build that the page is of:
//
//	<script defer src="/nabij/-/debug.js" data-build="…"></script>
//
// No site has it: it asks the server for more than a page does.

import { defineDebug, type DebugElement } from "./debug.js";
import type { Nabij } from "./nabij.js";

const tag = document.currentScript as HTMLScriptElement;
const build = tag.dataset["build"];

defineDebug(new Promise<Nabij>((ready, failed) => {
	const wait = (nabij: Nabij): void => void nabij.ready.then(() => ready(nabij), failed);
	if (window.nabij) wait(window.nabij);
	document.addEventListener("nabij-ready", (event) => wait((event as CustomEvent<Nabij>).detail), { once: true });
}));
const overlay = document.createElement("nabij-debug") as DebugElement;
document.body.append(overlay);

/** State is what the server tells: the newest build, and why there is no newer one. */
interface State {
	build: string;
	error?: string;
}

// A connection that stays open would keep the page out of the back/forward cache.
let events: EventSource | undefined;
const listen = (): void => {
	events = new EventSource(new URL("events", tag.src));
	events.addEventListener("message", ({ data }: MessageEvent<string>) => {
		const state = JSON.parse(data) as State;
		if (state.build !== build) location.reload();
		else overlay.fault = state.error;
	});
};
listen();
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
