// The build puts this in the place of the package `typescript`; see build.config.mjs.
export { ts as default } from "ts-morph";
