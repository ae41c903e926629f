// Times calls of nabij.wasm in the JavaScript engine that runs this, and prints nanoseconds: the median of the timed calls.
//
//	node bench.mjs MODULE CALLS SETUP EVERY COUNT
//
// The first SETUP calls of the file are made once. The others are made over and over in their order, and the last of
// every EVERY of them is timed: COUNT times, after a quarter as many to warm up, at least 200.
import { readFileSync } from "node:fs";
import { argv, hrtime } from "node:process";

const x = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(argv[2]))).exports;
x._initialize();
const file = readFileSync(argv[3]);
const [setup, every, count] = argv.slice(4).map(Number);
const names = ["open", "observe", "suggest", "intent", "save", "restore"];

const calls = [];
let at = 4;
for (let k = file.readUInt32LE(0); k > 0; k--) {
	const size = file.readUInt32LE(at + 6);
	calls.push([x[names[file[at]]], file.subarray(at + 10, at + 10 + size)]);
	at += 10 + size;
}

function make([export_, message]) {
	const at = x.reserve(message.length) >>> 0; // may grow the memory: a view from before is detached
	new Uint8Array(x.memory.buffer).set(message, at);
	const n = export_(message.length);
	if (n < 0) throw new Error(`refused with status ${-n}`);
	return new Uint8Array(x.memory.buffer, x.reply() >>> 0, n);
}

calls.splice(0, setup).forEach(make);
let next = 0;
function run(times) {
	const took = new Float64Array(times);
	for (let i = 0; i < times; i++) {
		for (let k = 1; k < every; k++) make(calls[next++]);
		const start = hrtime.bigint();
		make(calls[next++]);
		took[i] = Number(hrtime.bigint() - start);
		next %= calls.length;
	}
	return took.sort()[times >> 1];
}
run(Math.max(200, count >> 2));
console.log(run(count));
