/** tell writes what went wrong to the worker's log. Nothing of the request is in it. */
export const tell = (what: string, e: unknown): void => console.warn(`nabij: ${what}: ${e instanceof Error ? e.message : e}`);

/** unanswered is what comes from /_nabij/ when something goes wrong. */
export function unanswered(e: unknown): Response {
	tell("answer", e);
	return new Response("There is no answer.\n", { status: 503, headers: { "cache-control": "no-store" } });
}
