// Builds once, or with --watch again and again.
import { build } from "vite";
import kompliantCodegen from "kompliant-codegen/vite";

const watch = process.argv.includes("--watch");
const config = {
  configFile: false,
  logLevel: "error",
  plugins: [kompliantCodegen()],
  build: {
    lib: { entry: "src/main.ts", formats: ["es"], fileName: "bundle" },
    ...(watch && { watch: {} }),
  },
};
if (watch) {
  const watcher = await build(config);
  watcher.on("event", ({ code, error }) => {
    if (code === "END") console.log("BUILT");
    if (code === "ERROR") console.log(`${error.message}\nFAILED`);
  });
} else {
  await build(config);
}
