export { default } from "./rollup.js";
export type { BuildStepOptions, RollupPlugin } from "./rollup.js";
