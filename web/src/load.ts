/** Pin is a file beside this script and what it must be. */
export interface Pin {
	file: string;
	integrity: string;
}

/** get fetches a pinned file, once more where that fails: connections break. Its credentials are those of a preload link.
 * What the server answers instead of the file has another hash, so it fails as a network does. */
async function get(base: string, pin: Pin): Promise<Response> {
	const once = (): Promise<Response> => fetch(new URL(pin.file, new URL(base, location.href)), { integrity: pin.integrity });
	return once().catch(once).catch((e: unknown) => {
		throw new Error(`${pin.file}: missing, or of another build (${e})`);
	});
}

/** loadModule compiles the module while it arrives, or afterwards where that fails: the server may name another type
 * than application/wasm. */
export async function loadModule(base: string, pin: Pin): Promise<WebAssembly.Instance> {
	const response = await get(base, pin);
	const spare = response.clone();
	const { instance } = await WebAssembly.instantiateStreaming(response).catch(async () => WebAssembly.instantiate(await spare.arrayBuffer()));
	return instance;
}

export const loadPack = async (base: string, pin: Pin): Promise<Uint8Array> =>
	new Uint8Array(await (await get(base, pin)).arrayBuffer());
