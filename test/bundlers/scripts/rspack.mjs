// Builds once, or with --watch again and again.
import path from "node:path";
import { rspack } from "@rspack/core";
import kompliantCodegen from "kompliant-codegen/rspack";

const compiler = rspack({
  mode: "production",
  entry: "./src/main.ts",
  output: { path: path.resolve("dist"), filename: "bundle.js" },
  module: {
    rules: [
      { test: /\.ts$/, loader: "builtin:swc-loader", type: "javascript/auto" },
    ],
  },
  plugins: [kompliantCodegen()],
});

function report(error, stats) {
  const failed = error !== null || stats.hasErrors();
  console.log(failed ? `${error ?? stats.toString()}\nFAILED` : "BUILT");
  return failed;
}

if (process.argv.includes("--watch")) {
  compiler.watch({}, report);
} else {
  compiler.run((error, stats) => {
    process.exitCode = report(error, stats) ? 1 : 0;
  });
}
