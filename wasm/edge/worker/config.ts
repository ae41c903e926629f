export type Dimension = "moment" | "device" | "region" | "referrer" | "language";

/** Counting says what of a request counts; package host/edge/moment checks it. */
export interface Counting {
	/** Absent is moment and device. */
	classes?: readonly Dimension[];
	/** Groups of countries by their ISO 3166-1 codes. */
	regions?: readonly (readonly string[])[];
}

/** Config is edge.json, checked when the worker was bundled. */
export interface Config extends Counting {
	/** The address of the folder with script, module and pack, as in "/nabij/". */
	base?: string;
	/** Prepare every page, and not only those that load the script in their head. */
	everywhere?: boolean;
	preload?: readonly { href: string; as: string; type?: string; integrity?: string }[];
	/** The address of the site's own server; absent is the static assets where there are some, or else where the request goes. */
	origin?: string;
	/** Where the pack is read from; absent is the one in the bundle. */
	pack?: { kv: string } | { r2: string };
}

/** Env is what wrangler.jsonc binds. */
export interface Env {
	ASSETS?: Fetcher;
	NABIJ_KV?: KVNamespace;
	NABIJ_R2?: R2Bucket;
	/** The Worker of answers.ts. */
	NABIJ_ANSWERS?: Fetcher;
}
