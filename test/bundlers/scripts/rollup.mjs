// Builds once, or with --watch again and again.
import { transform } from "esbuild";
import { rollup, watch } from "rollup";
import kompliantCodegen from "kompliant-codegen/rollup";

const typescript = {
  name: "typescript",
  async transform(source, id) {
    if (!id.endsWith(".ts")) return undefined;
    const { code } = await transform(source, { loader: "ts" });
    return { code };
  },
};

const options = {
  input: "src/main.ts",
  plugins: [kompliantCodegen(), typescript],
};
const output = { file: "dist/bundle.js" };
if (process.argv.includes("--watch")) {
  watch({ ...options, output }).on("event", ({ code, error }) => {
    if (code === "END") console.log("BUILT");
    if (code === "ERROR") console.log(`${error.message}\nFAILED`);
  });
} else {
  const bundle = await rollup(options);
  await bundle.write(output);
}
