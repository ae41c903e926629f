// Makes calls of the module and returns the SHA-256 of all it answers. Package abitest says what the calls' file holds.
async (module, calls) => {
	const names = ["open", "observe", "suggest", "intent", "save", "restore", "reset", "last_error", "version", "reserve"];
	const { instance } = await WebAssembly.instantiateStreaming(fetch(module));
	const x = instance.exports;
	x._initialize();
	const file = new DataView(await (await fetch(calls)).arrayBuffer());
	const parts = [];
	let at = 4;
	for (let k = file.getUint32(0, true); k > 0; k--) {
		const name = names[file.getUint8(at)];
		const arg = file.getUint32(at + 2, true);
		const size = file.getUint32(at + 6, true);
		let pointer = 1;
		if (file.getUint8(at + 1) === 1) {
			pointer = x.reserve(size) >>> 0;
			if (pointer) new Uint8Array(x.memory.buffer).set(new Uint8Array(file.buffer, at + 10, size), pointer);
		}
		at += 10 + size;
		let result = -0x80000000;
		let reply = new Uint8Array(0);
		if (pointer && name === "reserve") result = x.reserve(arg) ? 1 : 0;
		else if (pointer && name === "version") result = x.version();
		else if (pointer) {
			result = x[name](arg);
			if (result >= 0) reply = new Uint8Array(x.memory.buffer, x.reply() >>> 0, result).slice();
		}
		const head = new DataView(new ArrayBuffer(8));
		head.setInt32(0, result, true);
		head.setUint32(4, reply.length, true);
		parts.push(head, reply);
	}
	const digest = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
	return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
}
