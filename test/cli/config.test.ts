import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { contentOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen, packageFolder } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "./support/temporary-folder.js";

const config = {
  spec: "spec/openapi.yaml",
  out: "lib/client",
  importExtension: ".ts",
};

const esm = `export default ${JSON.stringify(config)};\n`;
const typed = `import type { PathLike } from "node:fs";
const out: PathLike = "lib/client";
export default { ...${JSON.stringify(config)}, out };
`;

function repository(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  addPaymentsSpec(folder);
  return folder;
}

function exists(folder: string, name: string): boolean {
  return existsSync(path.join(folder, name));
}

const { generate } = packageEntry;

describe("a configuration file in the working directory", () => {
  it.for([
    { extension: "ts", text: typed },
    { extension: "mts", text: typed },
    { extension: "js", text: esm },
    { extension: "mjs", text: esm },
    { extension: "json", text: JSON.stringify(config) },
  ])("is found and used: .$extension", async ({ extension, text }) => {
    const folder = repository({
      [`kompliant-codegen.config.${extension}`]: text,
    });
    await generate({ cwd: folder });
    expect(exists(folder, "src")).toBe(false);
    const files = contentOf(path.join(folder, "lib/client"));
    expect(files["index.ts"]).toContain('"./operations/ledger/list.ts"');
  });

  it("may import defineConfig", async () => {
    const entry = pathToFileURL(path.join(packageFolder, "dist/index.js"));
    const folder = repository({
      "kompliant-codegen.config.ts": `import { defineConfig } from "${entry.href}";
export default defineConfig(${JSON.stringify(config)});
`,
    });
    await generate({ cwd: folder });
    expect(exists(folder, "lib/client/index.ts")).toBe(true);
  });

  it("may be a module of a repository whose package.json has no type", async () => {
    const folder = repository({
      "package.json": "{}",
      "kompliant-codegen.config.js": `module.exports = ${JSON.stringify(config)};`,
    });
    const outcome = await kompliantCodegen(["generate"], folder);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    expect(exists(folder, "lib/client/index.ts")).toBe(true);
  });

  it("is overridden by flags, which are relative to the working directory", async () => {
    const folder = repository({
      "kompliant-codegen.config.json": JSON.stringify({
        ...config,
        spec: "nowhere.yaml",
      }),
    });
    const { exitCode } = await kompliantCodegen(
      ["generate", "--spec", "spec/openapi.yaml", "--out", "other"],
      folder,
    );
    expect(exitCode).toBe(0);
    expect(exists(folder, "lib")).toBe(false);
    const { "index.ts": index } = contentOf(path.join(folder, "other"));
    expect(index).toContain('"./operations/ledger/list.ts"');
  });

  it("is not looked for in the folders above", async () => {
    const folder = repository({
      "kompliant-codegen.config.json": JSON.stringify(config),
      "package/package.json": "{}",
    });
    await generate({
      cwd: path.join(folder, "package"),
      spec: "../spec/openapi.yaml",
    });
    expect(exists(folder, "lib")).toBe(false);
    expect(exists(folder, "package/src/kompliant/index.ts")).toBe(true);
  });
});

describe("generate --config", () => {
  it("reads the named file; paths in it are relative to it", async () => {
    const folder = repository({
      "build/api.json": JSON.stringify({
        spec: "../spec/openapi.yaml",
        out: "client",
      }),
    });
    const outcome = await kompliantCodegen(
      ["generate", "--config", "build/api.json"],
      folder,
    );
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    expect(exists(folder, "build/client/index.ts")).toBe(true);
    expect(exists(folder, "src")).toBe(false);
  });

  it("keeps the default output below the working directory", async () => {
    const folder = repository({
      "build/api.mjs": `export default { spec: "../spec/openapi.yaml" };`,
    });
    await generate({ cwd: folder, config: "build/api.mjs" });
    expect(exists(folder, "src/kompliant/index.ts")).toBe(true);
  });

  it("wins over the file in the working directory", async () => {
    const folder = repository({
      "kompliant-codegen.config.json": JSON.stringify(config),
    });
    writeTexts(folder, {
      "other.json": JSON.stringify({ ...config, out: "other" }),
    });
    await generate({ cwd: folder, config: "other.json" });
    expect(exists(folder, "other/index.ts")).toBe(true);
    expect(exists(folder, "lib")).toBe(false);
  });
});
