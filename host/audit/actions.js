async () => {
	const wait = (ms) => new Promise((done) => setTimeout(done, ms));
	const n = window.nabij;
	if (!n) return;
	await n.ready?.catch(() => {});
	const observe = (signal) => { try { n.observe(signal) } catch {} };
	const items = [];
	for (const slot of n.pack?.slots ?? []) {
		try { items.push(...n.suggest({ slot }).public) } catch {}
	}
	observe({ signal: "search", text: items.at(-1)?.title ?? document.title });
	for (const item of items.slice(0, 2)) observe({ signal: "basket-add", item: item.id });
	if (n.pack?.topics) observe({ signal: "preference", topic: n.pack.topicName(n.pack.topics - 1), value: 100 });
	observe({ signal: "engaged", value: 60000 });
	for (const element of document.querySelectorAll("nabij-suggestions")) {
		element.scrollIntoView({ behavior: "instant" });
		await wait(200);
		element.shadowRoot?.querySelector("button")?.click();
	}
	const panel = document.querySelector("nabij-control")?.shadowRoot;
	panel?.querySelector("summary")?.click();
	await wait(200);
	panel?.querySelector("[part=topics] input")?.click();
}
