export { default } from "./webpack.js";
export type { BuildStepOptions, WebpackPlugin } from "./webpack.js";
