// Bundles the generator. openapi-typescript becomes part of it, because installed on
// its own it picks up the consuming repository's TypeScript, and TypeScript 7 no
// longer has the API that it needs. In the bundle it uses the TypeScript in ts-morph.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** Bundlers that have a plugin, each an entry of the package. */
const bundlers = ["vite", "rollup", "rolldown", "webpack", "rspack", "esbuild"];

/** What stands in for packages that openapi-typescript would load on its own, and for a module of Node that is slow to import. */
const replacements = {
  "node:crypto": "generator/bundled/crypto.ts",
  typescript: "generator/bundled/typescript.ts",
  // Its other form asks for its modules in a way that cannot be bundled.
  "jsonc-parser": "node_modules/jsonc-parser/lib/esm/main.js",
  "@redocly/openapi-core/lib/ref-utils.js": "generator/bundled/ref-utils.ts",
};

const bundledPackages = {
  name: "bundled-packages",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, ({ path: specifier }) => {
      const replacement = replacements[specifier];
      return replacement && { path: path.resolve(replacement) };
    });
    // They do not say so themselves, but none of their modules does anything when loaded.
    onResolve(
      { filter: /^openapi-typescript$|^@redocly\/openapi-core$|^\./ },
      async ({ path: specifier, pluginData, ...args }) => {
        const isPart =
          !specifier.startsWith(".") ||
          /\/node_modules\/(?:openapi-typescript|@redocly\/openapi-core)\//.test(
            args.importer,
          );
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

/** The folders of the packages that became part of bundles. */
function packageFolders(outputs) {
  const files = outputs.flatMap(({ inputs }) =>
    Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0),
  );
  const folders = files.flatMap((file) => {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

/**
 * Lets a lock file tell one generator from another of the same version: its sources
 * and the packages that it is made of.
 */
function codeHash() {
  const hash = createHash("sha256").update(readFileSync("package-lock.json"));
  const sources = readdirSync("generator", { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .sort();
  for (const name of sources) {
    hash.update(name).update(readFileSync(path.join("generator", name)));
  }
  return hash.digest("hex");
}

/** What the packages that are part of the bundles want to be said wherever they go. */
function licences(outputs) {
  return packageFolders(outputs)
    .map((folder) => {
      const { name, version, license } = manifestOf(folder);
      const [file] = readdirSync(folder).filter((entry) =>
        /^licen[cs]e/i.test(entry),
      );
      const text = file && readFileSync(path.join(folder, file), "utf8").trim();
      return `${name} ${version} (${license})\n\n${text ?? "The package holds no licence text."}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

rmSync("dist", { recursive: true, force: true });
const { outputs } = await build({
  entryPoints: {
    cli: "generator/cli.ts",
    index: "generator/index.ts",
    ...Object.fromEntries(
      bundlers.map((name) => [
        `bundlers/${name}`,
        `generator/bundlers/${name}.ts`,
      ]),
    ),
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // TypeScript is most of the text, and reading a text takes time.
  minify: true,
  // Stack traces are for reports; a line that holds everything says nothing.
  lineLimit: 200,
  legalComments: "eof",
  logLevel: "warning",
  external: Object.keys(dependencies),
  // What CommonJS packages know where they are, and load Node's modules with.
  banner: {
    js: [
      'import * as nodeModule from "node:module";',
      'import * as nodePath from "node:path";',
      'import * as nodeUrl from "node:url";',
      "const require = nodeModule.createRequire(import.meta.url);",
      "const __filename = nodeUrl.fileURLToPath(import.meta.url);",
      "const __dirname = nodePath.dirname(__filename);",
    ].join("\n"),
  },
  plugins: [bundledPackages],
  define: { CODE_HASH: JSON.stringify(codeHash()) },
  metafile: true,
}).then(({ metafile }) => metafile);
writeFileSync("dist/licences.txt", licences(Object.values(outputs)));

execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
