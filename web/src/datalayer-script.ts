// The adapter for pages with the script's tag: nabij-datalayer.js, behind nabij.js.

import { fromDataLayer } from "./datalayer.js";

const { nabij } = window; // there is none where the script has left the page as it is
if (nabij) fromDataLayer(nabij);
