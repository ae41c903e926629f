import { defineSuggestions, Nabij } from "nabij";
import pins from "./dist/web/pins.json"; // as `nabij build` wrote it; what is in dist/web is served as /nabij/

/** nabij is the visit. There is one, made when the script starts. */
export const nabij = new Nabij({ base: `${location.origin}/nabij/`, pins });

defineSuggestions(() => nabij.ready.then(() => nabij));
