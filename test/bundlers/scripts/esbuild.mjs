// Builds once, or with --watch again and again.
import { build, context } from "esbuild";
import kompliantCodegen from "kompliant-codegen/esbuild";

const report = {
  name: "report",
  setup({ onEnd }) {
    onEnd(({ errors }) => {
      const texts = errors.map(({ text }) => text);
      console.log(errors.length > 0 ? `${texts.join("\n")}\nFAILED` : "BUILT");
    });
  },
};

const options = {
  entryPoints: ["src/main.ts"],
  bundle: true,
  format: "esm",
  outfile: "dist/bundle.js",
  logLevel: "silent",
  plugins: [kompliantCodegen(), report],
};
if (process.argv.includes("--watch")) {
  const watched = await context(options);
  await watched.watch();
} else {
  await build(options);
}
