// Makes calls of nabij.wasm in the JavaScript engine that runs this.
//
//	node replay.mjs MODULE CALLS ANSWERS
//
// Package abitest says what the files hold.
import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";

const names = ["open", "observe", "suggest", "intent", "save", "restore", "reset", "last_error", "version", "reserve"];

const module = new WebAssembly.Module(readFileSync(argv[2]));
const x = new WebAssembly.Instance(module).exports;
x._initialize();

const calls = readFileSync(argv[3]);
const answers = [];
let at = 4;
for (let k = calls.readUInt32LE(0); k > 0; k--) {
	const name = names[calls[at]];
	const write = calls[at + 1] === 1;
	const arg = calls.readUInt32LE(at + 2);
	const size = calls.readUInt32LE(at + 6);
	const message = calls.subarray(at + 10, at + 10 + size);
	at += 10 + size;

	let result;
	let reply = Buffer.alloc(0);
	let pointer = 1;
	if (write) {
		pointer = x.reserve(size) >>> 0;
		if (pointer !== 0) new Uint8Array(x.memory.buffer).set(message, pointer);
	}
	if (pointer === 0) result = -0x80000000;
	else if (name === "reserve") result = x.reserve(arg) === 0 ? 0 : 1;
	else if (name === "version") result = x.version();
	else {
		result = x[name](arg);
		if (result >= 0) reply = Buffer.from(new Uint8Array(x.memory.buffer, x.reply() >>> 0, result));
	}
	const head = Buffer.alloc(8);
	head.writeInt32LE(result, 0);
	head.writeUInt32LE(reply.length, 4);
	answers.push(head, reply);
}
writeFileSync(argv[4], Buffer.concat(answers));
