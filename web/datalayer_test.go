package web_test

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pushes is a page with Google Tag Manager's own wrapper around push, before ours and after it. It prints each signal.
const pushes = `
import { fromDataLayer } from "nabij/datalayer";
const say = (...words) => console.log(...words.map((w) => typeof w === "string" ? w : JSON.stringify(w)));
console.warn = (text) => say("warns:", text);
let ready;
const nabij = {
	ready: new Promise((done) => (ready = done)),
	observe(signal) {
		if (signal.item === "gone") throw new Error("the pack has no item");
		say(signal);
		return [];
	},
};
globalThis.dataLayer = [{ event: "gtm.js" }, { event: "add_to_cart", ecommerce: { items: [{ item_id: "early" }, { item_id: 7 }, { item_name: "nameless" }] } }];
const manage = (layer) => {
	const before = layer.push;
	layer.push = function (...pushed) {
		before.apply(layer, pushed);
		return "GTM's answer";
	};
};
function gtag() { dataLayer.push(arguments); }
const settled = () => new Promise((done) => setTimeout(done));

manage(dataLayer);
const end = fromDataLayer(nabij);
say("pushed", dataLayer.push({ event: "purchase", ecommerce: { items: [{ item_id: "gone" }, { item_id: "bought" }] } }), dataLayer.length);
manage(dataLayer);
await settled();
say("ready");
ready();
await settled();
gtag("event", "remove_from_cart", { items: [{ item_id: "back" }] });
gtag("event", "search", { search_term: " rain coat " });
gtag("config", "G-1", { items: [{ item_id: "x" }] });
dataLayer.push({ event: "search", search_term: "boots" }, { event: "search" }, { event: "view_item", ecommerce: { items: [{ item_id: "x" }] } });
dataLayer.push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "gone" }] } });
const broken = { get event() { throw new Error("no event"); } };
dataLayer.push(null, undefined, 7, "add_to_cart", () => {}, broken, { event: "add_to_cart" }, { event: "add_to_cart", ecommerce: null },
	{ event: "add_to_cart", ecommerce: { items: "x" } }, { event: "add_to_cart", ecommerce: { items: [null, 1, {}] } });
await settled();
end();
say("pushed", dataLayer.push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "late" }] } }));
await settled();
fromDataLayer(nabij, "other");
other.push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "elsewhere" }] } });
await settled();
`

const wantSignals = `pushed GTM's answer 3
ready
{"signal":"basket-add","item":"early"}
{"signal":"basket-add","item":"7"}
warns: nabij: the pack has no item
{"signal":"purchase","item":"bought"}
{"signal":"basket-remove","item":"back"}
{"signal":"search","text":"rain coat"}
{"signal":"search","text":"boots"}
pushed GTM's answer
{"signal":"basket-add","item":"elsewhere"}
`

// Pushes of all forms become signals once Nabij is ready; no push of a site fails or answers otherwise, whatever it is.
func TestDataLayer(t *testing.T) {
	nodeModules(t) // for Node itself
	dir := t.TempDir()
	writePackage(t, dir)
	node := exec.Command("node", "--input-type=module", "--eval", pushes)
	node.Dir = dir
	out, err := node.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Equal(t, wantSignals, string(out))
}
