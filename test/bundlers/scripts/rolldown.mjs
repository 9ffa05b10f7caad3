// Builds once, or with --watch again and again.
import { rolldown, watch } from "rolldown";
import kompliantCodegen from "kompliant-codegen/rolldown";

const options = {
  input: "src/main.ts",
  plugins: [kompliantCodegen()],
};
const output = { file: "dist/bundle.js" };
if (process.argv.includes("--watch")) {
  watch({ ...options, output }).on("event", ({ code, error }) => {
    if (code === "END") console.log("BUILT");
    if (code === "ERROR") console.log(`${error.message}\nFAILED`);
  });
} else {
  const bundle = await rolldown(options);
  await bundle.write(output);
}
