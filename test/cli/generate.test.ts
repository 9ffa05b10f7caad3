import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf, lockFile, stateOf } from "./support/folder-content.js";
import { kompliantCodegen, packageFolder } from "./support/run-command.js";
import type { Outcome } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const payments = ["--spec", "spec/openapi.yaml"];

function paymentsRepository(): string {
  const folder = temporaryFolder();
  addPaymentsSpec(folder);
  return folder;
}

interface Report {
  readonly out: string;
  readonly api: { readonly title: string; readonly version: string };
  readonly counts: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly timings: Readonly<Record<string, number>>;
}

const stages = ["load", "model", "emit", "format", "write"];

function reportOf(outcome: Outcome): Report {
  return JSON.parse(outcome.stdout) as Report;
}

describe("generate without a flag", () => {
  const folder = temporaryFolder();
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await kompliantCodegen(["generate"], folder);
  });

  it("succeeds and has nothing to complain about", () => {
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("writes the shipped description's client below src/kompliant, and nothing else", () => {
    const files = Object.keys(contentOf(folder));
    expect(files).toContain("src/kompliant/index.ts");
    expect(files).toContain("src/kompliant/operations/propay/execute.ts");
    expect(files.filter((name) => !name.startsWith("src/kompliant/"))).toEqual(
      [],
    );
  });

  it("sums up what it did for people", () => {
    const written = Object.keys(contentOf(folder)).length;
    expect(outcome.stdout).toContain("Kompliant Web API 2025-03-24");
    expect(outcome.stdout).toContain(path.join("src", "kompliant"));
    expect(outcome.stdout).toMatch(/\b[1-9]\d* operations\b/);
    expect(outcome.stdout).toMatch(/\b[1-9]\d* documented errors\b/);
    expect(outcome.stdout).toMatch(RegExp(`\\b${written} written\\b`));
    expect(outcome.stdout).toMatch(/\b0 unchanged\b/);
    expect(outcome.stdout).toMatch(/\b\d+\.\d s\b/);
  });

  it("is not coloured where it does not go to a terminal", () => {
    expect(outcome.stdout).not.toContain("\u001B");
  });
});

describe.concurrent("generate --spec --out", () => {
  it("reads and writes where it is told to, relative to the working directory", async () => {
    const folder = paymentsRepository();
    const { exitCode } = await kompliantCodegen(
      ["generate", ...payments, "--out", "lib/client"],
      folder,
    );
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(folder, "src"))).toBe(false);
    const files = Object.keys(contentOf(path.join(folder, "lib/client")));
    expect(files).toContain("operations/payment/refund/create.ts");
    expect(files).toContain(lockFile);
  });

  it("takes absolute paths", async () => {
    const folder = paymentsRepository();
    const out = path.join(temporaryFolder(), "client");
    const spec = path.join(folder, "spec/openapi.yaml");
    const { exitCode } = await kompliantCodegen(
      ["generate", "--spec", spec, "--out", out],
      temporaryFolder(),
    );
    expect(exitCode).toBe(0);
    expect(Object.keys(contentOf(out))).toContain("operations/ledger/list.ts");
  });

  it("writes nothing the second time, not even for a moment", async () => {
    const folder = paymentsRepository();
    const first = await kompliantCodegen(["generate", ...payments], folder);
    const before = stateOf(path.join(folder, "src"));
    const second = await kompliantCodegen(["generate", ...payments], folder);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(stateOf(path.join(folder, "src"))).toEqual(before);
    expect(second.stdout).toMatch(/\b0 written\b/);
  });
});

describe("a description", () => {
  it("cannot control the terminal", async () => {
    const file = path.join(packageFolder, "test/fixtures/payments.json");
    const text = readFileSync(file, "utf8");
    const title = "Pay\\u001b[2J\\u009b1m\\rments";
    const folder = temporaryFolder({
      "api.json": text.replace("Payments API", title),
    });
    const outcome = await kompliantCodegen(
      ["generate", "--spec", "api.json"],
      folder,
    );
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toMatch(/^Pay.*ments/);
    expect(outcome.stdout).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe.concurrent("generate --json", () => {
  it("prints one JSON document with files, counts and the milliseconds of every stage", async () => {
    const folder = paymentsRepository();
    const outcome = await kompliantCodegen(
      ["generate", "--json", ...payments],
      folder,
    );
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    const out = path.join(folder, "src/kompliant");
    const report = reportOf(outcome);
    expect(report).toEqual({
      out,
      api: { title: "Payments API", version: "2025-01-01" },
      counts: { operations: 4, schemas: 3, errors: 3 },
      files: {
        written: Object.keys(contentOf(out)),
        unchanged: [],
        deleted: [],
      },
      warnings: [],
      notes: [],
      timings: report.timings,
    });
    expect(Object.keys(report.timings)).toEqual([...stages, "total"]);
    const { total = 0, ...parts } = report.timings;
    const sum = Object.values(parts).reduce((left, right) => left + right, 0);
    expect(sum).toBeGreaterThan(0);
    // Each of the stages is rounded on its own.
    expect(Math.abs(total - sum)).toBeLessThanOrEqual(stages.length);
  });

  it("tells unchanged files from written ones", async () => {
    const folder = paymentsRepository();
    const flags = ["generate", "--json", ...payments];
    const first = reportOf(await kompliantCodegen(flags, folder));
    const second = reportOf(await kompliantCodegen(flags, folder));
    expect(second.files).toEqual({
      written: [],
      unchanged: first.files["written"],
      deleted: [],
    });
  });
});

describe.concurrent("usage", () => {
  const folder = temporaryFolder();

  it.for([
    { flags: ["--help"], named: ["generate", "--version"] },
    {
      flags: ["generate", "--help"],
      named: ["--spec", "--out", "--config", "--json"],
    },
  ])("explains itself on stdout: $flags", async ({ flags, named }) => {
    const outcome = await kompliantCodegen(flags, folder);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    for (const text of ["Usage: kompliant-codegen", ...named]) {
      expect(outcome.stdout).toContain(text);
    }
  });

  it("prints the version of the package", async () => {
    const manifest = readFileSync(path.join(packageFolder, "package.json"));
    const { version } = JSON.parse(manifest.toString()) as { version: string };
    const outcome = await kompliantCodegen(["--version"], folder);
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: "",
    });
  });

  it.for([
    { flags: ["generate", "--unknown"], named: "--unknown" },
    { flags: ["generate", "--spec"], named: "--spec" },
    { flags: ["generate", "src/kompliant"], named: "generate" },
    { flags: ["destroy"], named: "destroy" },
    { flags: [], named: "Usage: kompliant-codegen" },
  ])("refuses $flags on stderr", async ({ flags, named }) => {
    const outcome = await kompliantCodegen(flags, folder);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" });
    expect(outcome.stderr).toContain(named);
    expect(outcome.stderr).not.toContain("    at ");
    expect(contentOf(folder)).toEqual({});
  });
});
