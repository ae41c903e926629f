// Encodes and decodes the vectors of the module's contract with what src/abi.ts was bundled into.
//
//	node vectors.mjs ABI VECTORS
import { readFileSync } from "node:fs";
import { deepStrictEqual, strictEqual } from "node:assert";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";

const abi = await import(pathToFileURL(argv[2]));
const { version, messages } = JSON.parse(readFileSync(argv[3], "utf8"));
strictEqual(abi.abiVersion, version);

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));
const classes = (c) => [c.daypart, c.day, c.device, c.region, c.referrer, c.language];
const suggestion = (s) => ({ ...s, score: s.score / 1e6, lift: s.lift / 1000,
	reason: { ...s.reason, code: abi.reasonCodes[s.reason.code] } });

const check = {
	signals: (v, b) => strictEqual(hex(abi.encodeSignals(v.map((s) => ({ ...s, kind: abi.signalKinds[s.kind], atMs: Number(s.at_ms) })))), b),
	outcomes: (v, b) => deepStrictEqual(abi.decodeOutcomes(bytes(b)), v.map((o) => abi.outcomes[o])),
	request: (v, b) => strictEqual(hex(abi.encodeRequest({ ...v, nowMs: v.now_ms, context: classes(v.context) })), b),
	reply: (v, b) => deepStrictEqual(abi.decodeReply(bytes(b)), {
		layer: v.layer, face: v.face, faces: v.faces, share: v.share_permille / 1000, bitsSpent: v.bits_spent / 256, bitsLeft: v.bits_left / 256,
		suggestions: v.suggestions.map(suggestion), public: v.public,
	}),
	moment: (v, b) => strictEqual(hex(abi.encodeMoment(v.now_ms)), b),
	intent: (v, b) => deepStrictEqual(abi.decodeIntent(bytes(b)), {
		mode: abi.modes[v.mode], confidence: v.confidence / 100, topics: v.topics.slice(0, v.topic_count).map((t) => ({ ...t, confidence: t.confidence / 100 })),
	}),
	failure: ({ got, ...v }, b) => deepStrictEqual(abi.decodeFailure(bytes(b)), v), // what was found is for nabij check to say
};
let count = 0;
for (const { name, message, value, hex: b } of messages) {
	try {
		check[message](value, b);
		count++;
	} catch (e) {
		console.error(`${message} "${name}": ${e.message}`);
		process.exitCode = 1;
	}
}
console.log(`${count} of ${messages.length} messages are as the vectors have them`);
