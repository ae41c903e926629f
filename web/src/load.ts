/** Pin is a file beside this script and what it must be. */
export interface Pin {
	file: string;
	integrity: string;
}

/** load fetches a pinned file, once more where that fails: connections break. Its credentials are those of a preload link.
 * What the server answers instead of the file has another hash, so it fails as a network does. The hash is of the whole file,
 * so nothing of it is to be had, nor could be compiled, while it arrives. */
export async function load(base: string, { file, integrity }: Pin): Promise<Uint8Array<ArrayBuffer>> {
	const once = (): Promise<Response> => fetch(new URL(file, new URL(base, location.href)), { integrity });
	const response = await once().catch(once).catch((e: unknown) => {
		throw new Error(`${file}: missing, or of another build (${e})`);
	});
	return new Uint8Array(await response.arrayBuffer());
}
