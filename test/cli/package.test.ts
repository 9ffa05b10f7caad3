import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { publint } from "publint";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf, lockFile } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { packageFolder, runCommand } from "./support/run-command.js";
import { temporaryFolder } from "./support/temporary-folder.js";

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);

const manifest = JSON.parse(
  readFileSync(path.join(packageFolder, "package.json"), "utf8"),
) as Manifest;

/** Bundlers that have a plugin. */
const bundlers = ["vite", "rollup", "rolldown", "webpack", "rspack", "esbuild"];

/** `npm pack` as it is, except that it does not build while other tests use the build. */
async function npmPack(...flags: readonly string[]): Promise<{
  readonly filename: string;
  readonly files: readonly string[];
}> {
  const { stdout } = await runCommand(
    "npm",
    ["pack", "--json", "--ignore-scripts", ...flags],
    packageFolder,
  );
  const [packed] = JSON.parse(stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (!packed) throw new Error(`npm pack printed ${stdout}`);
  const { filename, files } = packed;
  return { filename, files: files.map((file) => file.path) };
}

describe("the files of the package", () => {
  let files: readonly string[] = [];
  beforeAll(async () => {
    ({ files } = await npmPack("--dry-run"));
  });

  it.for([
    "package.json",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "dist/cli.js",
    "dist/licences.txt",
    "dist/index.js",
    "dist/types/index.d.ts",
    // Diagnostics and the README name these pages.
    "docs/overlays.md",
    "docs/error-sources.md",
    "templates/index.hbs",
    "templates/runtime/client.ts",
    "spec/2025-03-24/openapi.yaml",
  ])("include %s", (file) => {
    expect(files).toContain(file);
  });

  it("are the build, the templates, the description and what explains them", () => {
    const others = files.filter(
      (file) =>
        !/^(?:dist|docs|templates|spec)\//.test(file) &&
        !/^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|action\.yml|config\.schema\.json)$/.test(
          file,
        ),
    );
    expect(others).toEqual([]);
    expect(
      files.filter((file) =>
        /(?:^|\/)tests?\/|\.test\.|\.map$|tsbuildinfo/.test(file),
      ),
    ).toEqual([]);
  });

  it("include everything that generate reads unless told otherwise", async () => {
    const cwd = temporaryFolder();
    await packageEntry.generate({ cwd });
    const client = contentOf(path.join(cwd, "src/kompliant"));
    const { inputs } = JSON.parse(client[lockFile] ?? "") as {
      readonly inputs: object;
    };
    const read = Object.keys(inputs);
    expect(read).toContain("openapi.yaml");
    expect(read.length).toBeGreaterThan(50);
    for (const name of read) {
      expect(files).toContain(path.posix.join("spec/2025-03-24", name));
    }
  });
});

describe("the build", () => {
  const dist = path.join(packageFolder, "dist");
  /** Everything that a module imports, in any way. */
  function importsOf(file: string): readonly string[] {
    const text = readFileSync(file, "utf8");
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const required = [...text.matchAll(/\b__require\("([^"]+)"\)/g)];
    return [
      ...importedFiles.map(({ fileName }) => fileName),
      ...required.map(([, name = ""]) => name),
    ];
  }

  /** The modules that importing the package or starting its program can reach. */
  function reachable(): readonly string[] {
    const entries = [
      "cli.js",
      "index.js",
      "types/index.d.ts",
      ...bundlers.flatMap((name) => [
        `bundlers/${name}.js`,
        `types/bundlers/${name}.d.ts`,
      ]),
    ];
    const found = new Set(entries.map((entry) => path.join(dist, entry)));
    for (const file of found) {
      for (const name of importsOf(file)) {
        const own = ownModule(file, name);
        if (own !== undefined) found.add(own);
      }
    }
    return [...found];
  }

  it("imports nothing but itself, Node and the dependencies of the package", () => {
    const foreign = reachable().flatMap((file) =>
      importsOf(file)
        .filter((name) => !isBuiltin(name) && !ownModule(file, name))
        .filter((name) => !Object.hasOwn(manifest.dependencies, owner(name)))
        .map((name) => `${path.basename(file)}: ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it.for(["openapi-typescript", "ts-morph", "handlebars", "commander"])(
    "repeats the licence of %s, which is bundled",
    (name) => {
      const texts = readFileSync(path.join(dist, "licences.txt"), "utf8");
      const [text] = texts
        .split("-".repeat(80))
        .filter((each) => each.trimStart().startsWith(`${name} `));
      expect(text).toContain("Permission is hereby granted");
    },
  );

  it("loads next to nothing for a configuration that imports the package", () => {
    const loaded = new Set([path.join(dist, "index.js")]);
    const libraries = [];
    for (const file of loaded) {
      const { statements } = ts.createSourceFile(
        file,
        readFileSync(file, "utf8"),
        ts.ScriptTarget.ESNext,
      );
      for (const statement of statements) {
        if (!ts.isImportDeclaration(statement)) continue;
        const { text: name } = statement.moduleSpecifier as ts.StringLiteral;
        const own = ownModule(file, name);
        if (own !== undefined) loaded.add(own);
        else if (!isBuiltin(name)) libraries.push(name);
      }
    }
    expect(loaded.size).toBeGreaterThan(3);
    expect(libraries).toEqual([]);
  });

  it("holds no dependency of the package, and uses every one", () => {
    const used = new Set(reachable().flatMap(importsOf).map(owner));
    const texts = readFileSync(path.join(dist, "licences.txt"), "utf8");
    for (const name of Object.keys(manifest.dependencies)) {
      expect(used).toContain(name);
      expect(texts).not.toMatch(new RegExp(`^${name} \\d`, "m"));
    }
  });

  it("asks nothing of the TypeScript that a consumer has", () => {
    expect(manifest.peerDependencies).toBeUndefined();
    const used = new Set(reachable().flatMap(importsOf));
    expect(used).not.toContain("typescript");
  });

  function ownModule(file: string, name: string): string | undefined {
    if (!name.startsWith(".")) return undefined;
    const target = path.resolve(path.dirname(file), name);
    const own = file.endsWith(".d.ts")
      ? target.replace(/\.js$/, ".d.ts")
      : target;
    return existsSync(own) ? own : undefined;
  }

  function owner(name: string): string {
    return name.split("/", name.startsWith("@") ? 2 : 1).join("/");
  }
});

describe("the tarball", () => {
  const folder = temporaryFolder();
  let tarball = "";
  beforeAll(async () => {
    const { filename } = await npmPack("--pack-destination", folder);
    tarball = path.join(folder, filename);
  });

  it("has nothing that publint objects to", async () => {
    const { buffer, byteLength, byteOffset } = readFileSync(tarball);
    const { messages } = await publint({
      pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) },
      strict: true,
    });
    expect(messages).toEqual([]);
  });

  it("has types that resolve for ESM consumers", async () => {
    const attw = require.resolve("@arethetypeswrong/cli/package.json");
    const { exitCode, stdout } = await runCommand(
      process.execPath,
      [
        path.join(path.dirname(attw), "dist/index.js"),
        ...[tarball, "--profile", "esm-only", "--format", "json"],
      ],
      folder,
    );
    const { analysis } = JSON.parse(stdout) as {
      readonly analysis: { readonly types: unknown };
    };
    expect(analysis.types).toMatchObject({ kind: "included" });
    expect(exitCode, stdout).toBe(0);
  });

  it("needs nothing but its dependencies for any command", async () => {
    const cwd = path.join(folder, "consumer");
    const modules = path.join(cwd, "node_modules");
    const own = path.join(modules, "kompliant-codegen");
    mkdirSync(own, { recursive: true });
    await runCommand(
      "tar",
      ["-xzf", tarball, "--strip-components=1", "-C", own],
      folder,
    );
    for (const name of Object.keys(manifest.dependencies)) {
      const installed = path.join(packageFolder, "node_modules", name);
      cpSync(installed, path.join(modules, name), { recursive: true });
    }
    const manifestFile = path.join(cwd, "package.json");
    writeFileSync(manifestFile, JSON.stringify({ name: "consumer" }));
    const spec = path.join(own, "spec/2025-03-24/openapi.yaml");
    for (const command of [
      ["init"],
      ["generate"],
      ["check"],
      ["check", "--spec", spec],
      ["diff", spec],
    ]) {
      const { exitCode, stderr } = await runCommand(
        process.execPath,
        [path.join(own, "dist/cli.js"), ...command],
        cwd,
      );
      expect({ command, exitCode, stderr }).toEqual({
        command,
        exitCode: 0,
        stderr: "",
      });
    }
  });

  it.for(bundlers)("has a plugin that CommonJS can require: %s", (bundler) => {
    const { default: plugin } = require(`kompliant-codegen/${bundler}`) as {
      readonly default: () => object;
    };
    expect(plugin()).toHaveProperty(
      { webpack: "apply", rspack: "apply", esbuild: "setup" }[bundler] ??
        "buildStart",
    );
  });

  it("has a program that Node can start", () => {
    expect(manifest.bin).toEqual({ "kompliant-codegen": "./dist/cli.js" });
    const cli = readFileSync(path.join(packageFolder, "dist/cli.js"), "utf8");
    expect(cli).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
