// Bundles the generator. openapi-typescript becomes part of it, because installed on
// its own it picks up the consuming repository's TypeScript, and TypeScript 7 no
// longer has the API that it needs. In the bundle it uses the TypeScript in ts-morph.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** What stands in for packages that openapi-typescript would load on its own. */
const replacements = {
  typescript: "generator/bundled/typescript.ts",
  "@redocly/openapi-core/lib/ref-utils.js": "generator/bundled/ref-utils.ts",
};

const bundledPackages = {
  name: "bundled-packages",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path: specifier }) => {
      const replacement = replacements[specifier];
      return replacement && { path: path.resolve(replacement) };
    });
    // It does not say so itself, but none of its modules does anything when loaded.
    onResolve(
      { filter: /^openapi-typescript$|^\./ },
      async ({ path: specifier, pluginData, ...args }) => {
        const isPart =
          specifier === "openapi-typescript" ||
          args.importer.includes("/node_modules/openapi-typescript/");
        if (!isPart || pluginData === "resolving") return undefined;
        const resolved = await resolve(specifier, {
          ...args,
          pluginData: "resolving",
        });
        return { ...resolved, sideEffects: false };
      },
    );
  },
};

/** Lets a lock file tell one generator from another of the same version. */
function codeHash() {
  const hash = createHash("sha256").update(JSON.stringify(dependencies));
  const sources = readdirSync("generator", { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .sort();
  for (const name of sources) {
    hash.update(name).update(readFileSync(path.join("generator", name)));
  }
  return hash.digest("hex");
}

rmSync("dist", { recursive: true, force: true });

await build({
  entryPoints: { cli: "generator/cli.ts", index: "generator/index.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external: Object.keys(dependencies),
  plugins: [bundledPackages],
  define: { CODE_HASH: JSON.stringify(codeHash()) },
  logLevel: "warning",
});

execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
