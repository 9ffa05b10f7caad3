// Bundles the generator. openapi-typescript becomes part of it, because installed on
// its own it picks up the consuming repository's TypeScript, and TypeScript 7 no
// longer has the API that it needs. In the bundle it uses the TypeScript in ts-morph.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** Bundlers that have a plugin, each an entry of the package. */
const bundlers = ["vite", "rollup", "rolldown", "webpack", "rspack", "esbuild"];

/** What stands in for packages that openapi-typescript would load on its own, and for a module that the bundle loads in another way. */
const replacements = {
  "node:crypto": "generator/bundled/crypto.ts",
  "./load-pipeline.js": "generator/bundled/load-pipeline.ts",
  typescript: "generator/bundled/typescript.ts",
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
 * and the packages that became part of it.
 */
function codeHash(outputs) {
  const packages = packageFolders(outputs)
    .map(manifestOf)
    .map(({ name, version }) => `${name}@${version}`)
    .sort();
  const hash = createHash("sha256");
  hash.update(JSON.stringify([dependencies, packages]));
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

/**
 * The stages of a run and every library that they use are one script, which V8 can
 * keep compiled; see generator/bundled/cached-script.ts. Prettier is loaded where a
 * repository configures it, so it stays a package of its own.
 */
const oneScript = {
  name: "one-script",
  setup({ onResolve }) {
    onResolve({ filter: /^prettier$/ }, () => ({ external: true }));
    onResolve(
      { filter: /\/diagnostics\/diagnostic\.js$|^\.\/diagnostic\.js$/ },
      () => ({
        path: "#diagnostics",
        external: true,
      }),
    );
  },
};

const shared = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  logLevel: "warning",
};

async function buildPipeline() {
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: ["generator/pipeline.ts"],
    format: "cjs",
    // The script is read as Latin-1, which is the fastest.
    charset: "ascii",
    minify: true,
    lineLimit: 200,
    legalComments: "eof",
    supported: { "dynamic-import": false },
    plugins: [oneScript, bundledPackages],
    define: { "import.meta.url": "moduleUrl" },
    banner: {
      js: "(function (module, require, __filename, __dirname, moduleUrl) { var exports = module.exports;",
    },
    footer: { js: "})" },
    write: false,
    metafile: true,
  });
  const [{ contents }] = outputFiles;
  mkdirSync("dist");
  writeFileSync("dist/pipeline.cjs", contents);
  const hash = createHash("sha256").update(contents).digest("hex");
  const outputs = Object.values(metafile.outputs);
  const hashes = { CODE_HASH: codeHash(outputs), PIPELINE_HASH: hash };
  return { outputs, hashes };
}

rmSync("dist", { recursive: true, force: true });
const { outputs, hashes } = await buildPipeline();

const { metafile } = await build({
  ...shared,
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
  splitting: true,
  format: "esm",
  // What every run needs is bundled, because Node takes milliseconds to find a package.
  external: Object.keys(dependencies),
  // What commander asks Node for, it asks with require().
  banner: {
    js: 'import * as nodeModule from "node:module"; const require = nodeModule.createRequire(import.meta.url);',
  },
  plugins: [bundledPackages],
  define: Object.fromEntries(
    Object.entries(hashes).map(([name, hash]) => [name, JSON.stringify(hash)]),
  ),
  metafile: true,
});
writeFileSync(
  "dist/licences.txt",
  licences([...outputs, ...Object.values(metafile.outputs)]),
);

execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
