// The module of explanations, nabij-explain.js, which nabij.explain() fetches when it is called. A page that preloads it, with
// <link rel="modulepreload">, has it from the start.

import { explain as explainNow, type Explanation, type ExplainOptions } from "./explain.js";
import type { Nabij } from "./nabij.js";

/** explain is that of explain.ts once the visit is ready. */
export const explain = (nabij: Nabij, options?: ExplainOptions): Promise<Explanation[]> => nabij.ready.then(() => explainNow(nabij, options));
