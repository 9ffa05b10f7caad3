import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { GenerateResult } from "../../generator/generate.js";
import { specOf } from "../model/spec-builder.js";

it("generate reports warnings on stderr and in its JSON, and exits with 0", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "warnings-"));
  const description =
    "## System Rule Violations\n\n| Entity Type | Sub-code | Description |\n| --- | --- | --- |\n| Thing | ??? | |\n";
  writeFileSync(
    path.join(folder, "spec.json"),
    JSON.stringify(specOf({ operations: { "a.set": { description } } })),
  );
  const cli = path.resolve("dist/cli.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "generate", "--spec", "spec.json", "--out", "out", "--json"],
    { cwd: folder, encoding: "utf8" },
  );
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^spec\.json:1:\d+: warning spec-error-table: the row/,
  );
  const { warnings } = JSON.parse(stdout) as GenerateResult;
  expect(warnings).toMatchObject([
    { severity: "warning", code: "spec-error-table" },
  ]);
});
