import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contentOf, stateOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import {
  addPaymentsSpec,
  paymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const { defineConfig, DiagnosticError, generate } = packageEntry;

describe("generate()", () => {
  it("does what the command does and returns what it did", async () => {
    const cwd = temporaryFolder();
    addPaymentsSpec(cwd);
    const result = await generate({ cwd, spec: "spec/openapi.yaml" });
    const out = path.join(cwd, "src/kompliant");
    expect(result).toMatchObject({
      out,
      api: { title: "Payments API", version: "2025-01-01" },
      counts: { operations: 4, schemas: 3, errors: 3 },
      files: { unchanged: [], deleted: [] },
    });
    expect(result.files.written).toEqual(Object.keys(contentOf(out)));
  });

  it("takes every option", async () => {
    const cwd = temporaryFolder({
      "api.json": JSON.stringify({ spec: paymentsSpec, out: "ignored" }),
    });
    await generate({
      cwd,
      config: "api.json",
      spec: path.join(paymentsSpec, "openapi.yaml"),
      out: "client",
      importExtension: "",
    });
    const { "index.ts": index } = contentOf(path.join(cwd, "client"));
    expect(index).toContain('"./operations/ledger/list"');
    expect(existsSync(path.join(cwd, "ignored"))).toBe(false);
  });

  it("throws what is wrong with the input as data", async () => {
    const cwd = temporaryFolder({ "empty.yaml": "" });
    const before = stateOf(cwd);
    const failure = generate({ cwd, spec: "empty.yaml" });
    await expect(failure).rejects.toThrow(DiagnosticError);
    await expect(failure).rejects.toMatchObject({
      diagnostics: [
        {
          code: "spec-empty",
          location: { file: path.join(cwd, "empty.yaml"), line: 1, column: 1 },
        },
      ],
    });
    expect(stateOf(cwd)).toEqual(before);
  });
});

describe("defineConfig()", () => {
  it("returns what it is given", () => {
    const config = { spec: "api.yaml", out: "client" };
    expect(defineConfig(config)).toBe(config);
  });
});
