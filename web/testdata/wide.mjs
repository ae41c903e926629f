// Reads a pack with what src/pack.ts was bundled into, as it is and with the records of every table wider, as a later writer may
// make them: what is read must be the same.
//
//	node wide.mjs PACK_SCRIPT PACK
import { readFileSync } from "node:fs";
import { deepStrictEqual } from "node:assert";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";

const { readPack } = await import(pathToFileURL(argv[2]));
const plain = new Uint8Array(readFileSync(argv[3]));

/** widen puts three bytes more at the end of each record of a section, whose descriptor is at d, and the section at the pack's end. */
function widen(pack, d) {
	const v = new DataView(pack.buffer);
	const [width, at, size] = [v.getUint16(d + 6, true), v.getUint32(d + 8, true), v.getUint32(d + 12, true)];
	const records = [];
	for (let k = 0; k < size; k += width) records.push(...pack.subarray(at + k, at + k + width), 0xff, 0x80, 0x01);
	v.setUint16(d + 6, width + 3, true);
	v.setUint32(d + 8, pack.length, true);
	v.setUint32(d + 12, records.length, true);
	return Uint8Array.from([...pack, ...records]);
}

function readAll(bytes) {
	const { record, entry, item, topicName, topicParent, find, findUrl, ...pack } = readPack(bytes);
	const items = Array.from({ length: pack.items }, (_, k) => item(k));
	return {
		...pack, items, topics: Array.from({ length: pack.topics }, (_, k) => [topicName(k), topicParent(k)]),
		found: items.map(({ id, url }) => [find(id), findUrl(url)]),
	};
}

const want = readAll(plain);
let wide = plain.slice();
let count = 0;
const v = new DataView(plain.buffer);
for (let k = 0; k < v.getUint16(10, true); k++) {
	const d = 24 + 16 * k;
	const name = String.fromCharCode(...plain.subarray(d, d + 4));
	// The width of the items' topics says how many there are; entries of varying length have no width.
	if (name === "topi" || !v.getUint16(d + 6, true)) continue;
	wide = widen(wide, d);
	count++;
}
deepStrictEqual(readAll(wide), want);
console.log(`${want.items.length} items and ${want.topics.length} topics are the same with ${count} wider tables`);
