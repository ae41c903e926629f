// The Go part, wasm/edge: what answers /_nabij/. It starts when it is first asked; its instance then stays.

import app from "./app.wasm";

/** Go is what wasm_exec.js of Go's own tree has put here, which goes before this in the bundle. */
declare const Go: new () => {
	importObject: WebAssembly.Imports;
	exited: boolean;
	run(instance: WebAssembly.Instance): Promise<void>;
	/** What Go refers to; github.com/syumai/workers never lets go of some. */
	_values: readonly unknown[];
};

interface Globals {
	nabijPack: () => Uint8Array | undefined;
	nabijConfig: () => string;
	context: { binding: { handleRequest?: (request: Request) => Promise<Response> } };
}

interface Running {
	handle: (request: Request) => Promise<Response>;
	/** worn says that another instance should take its place. */
	worn: () => boolean;
}

/** maxBytes and maxValues are when an instance is replaced. */
const maxBytes = 64 << 20;
const maxValues = 20_000;
/** patienceMs is how long an answer may take: one that a fault has ended never comes. */
const patienceMs = 5000;

let running: Running | undefined;

function start(): Running {
	const go = new Go();
	const binding: Globals["context"]["binding"] = {};
	// As Go starts, it takes the binding from there. The library's own shim hides it behind a proxy of the global scope.
	(globalThis as unknown as Globals).context = { binding };
	let ready = false;
	const instance = new WebAssembly.Instance(app, { ...go.importObject, workers: { ready: () => void (ready = true) } });
	void go.run(instance).catch(() => {});
	const { handleRequest } = binding;
	if (!ready || !handleRequest) throw new Error("the Go part has not started");
	const memory = instance.exports["mem"] as WebAssembly.Memory;
	return {
		handle: handleRequest,
		worn: () => go.exited || memory.buffer.byteLength > maxBytes || go._values.length > maxValues,
	};
}

/** answer has Go answer a request. */
export async function answer(request: Request, pack: () => Uint8Array | undefined, config: string): Promise<Response> {
	Object.assign(globalThis, { nabijPack: pack, nabijConfig: () => config } satisfies Omit<Globals, "context">);
	if (running?.worn()) running = undefined;
	const { handle } = (running ??= start());
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error("the Go part does not answer")), patienceMs)));
	const answered = async (): Promise<Response> => {
		// The library makes a stream of the length that is told, which HEAD's answer is without.
		const head = request.method === "HEAD";
		const response = await handle(head ? new Request(request, { method: "GET" }) : request);
		// Read as a whole, so that nothing of Go's waits for a slow visitor.
		const body = await response.arrayBuffer();
		return new Response(body.byteLength && !head ? body : null, response);
	};
	try {
		return await Promise.race([answered(), late]);
	} catch (e) {
		running = undefined;
		throw e;
	} finally {
		clearTimeout(timer);
	}
}
