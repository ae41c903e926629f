// Compiles a component, as a bundler's Vue plugin does, with the one option that <nabij-suggestions> wants: isCustomElement.
//
//	node compile.mjs FILE.vue

import { readFileSync } from "node:fs";
import { compileScript, parse } from "vue/compiler-sfc";

const filename = process.argv[2];
const { descriptor, errors } = parse(readFileSync(filename, "utf8"), { filename });
if (errors.length) throw errors[0];
const compilerOptions = { isCustomElement: (tag) => tag.startsWith("nabij-") };
const { content } = compileScript(descriptor, { id: filename, inlineTemplate: true, isProd: true, templateOptions: { compilerOptions } });
process.stdout.write(content);
