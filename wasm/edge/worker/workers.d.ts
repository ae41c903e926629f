// What the worker uses of Workers' runtime: https://developers.cloudflare.com/workers/runtime-apis/. The rest of it is the web's own.

interface HTMLRewriterElement {
	readonly tagName: string;
	/** Names in small letters; values as they stand in the source, with their character references. */
	readonly attributes: IterableIterator<[string, string]>;
	getAttribute(name: string): string | null;
	before(content: string, options: { html: true }): void;
	/** Throws for elements without content, such as img. The handler is called at the end tag, or at that of an ancestor where the
	 * element's own is missing; not at all where the page ends before. */
	onEndTag(handler: (tag: HTMLRewriterEndTag) => void): void;
}

interface HTMLRewriterEndTag {
	readonly name: string;
	before(content: string, options: { html: true }): void;
}

interface HTMLRewriterText {
	readonly text: string;
	readonly lastInTextNode: boolean;
}

interface HTMLRewriterHandlers {
	element?(element: HTMLRewriterElement): void;
	text?(chunk: HTMLRewriterText): void;
	comments?(comment: { readonly text: string }): void;
}

declare class HTMLRewriter {
	on(selector: string, handlers: HTMLRewriterHandlers): this;
	onDocument(handlers: { end?(): void }): this;
	transform(response: Response): Response;
}

interface CacheStorage {
	readonly default: Cache;
}

interface ExecutionContext {
	waitUntil(work: Promise<unknown>): void;
	passThroughOnException(): void;
}

interface Fetcher {
	fetch(request: Request): Promise<Response>;
}

interface KVNamespace {
	get(key: string, type: "stream"): Promise<ReadableStream<Uint8Array> | null>;
}

interface R2Bucket {
	get(key: string): Promise<{ readonly body: ReadableStream<Uint8Array> } | null>;
}

interface Request {
	/** What Cloudflare knows of the visitor's connection; of it, the worker reads these alone. */
	readonly cf?: { readonly timezone?: string; readonly country?: string };
}

declare module "*.wasm" {
	const module: WebAssembly.Module;
	export default module;
}

declare module "*.pack" {
	const bytes: ArrayBuffer;
	export default bytes;
}

declare module "*/go.mjs" {
	/** As in go.ts, which it is bundled from. */
	export function answer(request: Request, pack: () => Uint8Array | undefined, config: string): Promise<Response>;
}
