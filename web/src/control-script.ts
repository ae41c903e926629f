// The script of the visitor's panel, which script.ts fetches for pages that have <nabij-control>.

import { defineControl } from "./control.js";

const { nabij } = window;
if (nabij) defineControl(() => nabij.ready.then(() => nabij));
