/** tell writes what went wrong to the worker's log. Nothing of the request is in it. */
export const tell = (what: string, e: unknown): void => console.warn(`nabij: ${what}: ${e instanceof Error ? e.message : e}`);
