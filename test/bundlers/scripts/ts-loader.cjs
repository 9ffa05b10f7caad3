const { transformSync } = require("esbuild");

/** Lets webpack read TypeScript. */
module.exports = (source) => transformSync(source, { loader: "ts" }).code;
