// The package "nabij": the same visit and element for sites that bundle their own scripts.

export { Nabij, type Ask, type Intent, type Options, type Pins, type Reply, type Suggestion } from "./nabij.js";
export { NabijError } from "./engine.js";
export type { Failure, Mode, Outcome, ReasonCode, SignalKind } from "./abi.js";
export type { Pin } from "./load.js";
export type { Item, ItemKind } from "./pack.js";
export type { Signal } from "./signals.js";
export { defineSuggestions } from "./suggestions.js";
