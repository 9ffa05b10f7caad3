import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { SpecDiff } from "../../generator/diff/change.js";
import { specOf } from "../model/spec-builder.js";
import { apiWith } from "./diff-builder.js";

const folder = mkdtempSync(path.join(tmpdir(), "diff-"));
const text = { type: "string" };

function write(name: string, spec: object): void {
  writeFileSync(path.join(folder, name), JSON.stringify(spec, undefined, 2));
}

write("old.json", specOf(apiWith({ data: { a: text, b: text } })));
write("new.json", specOf(apiWith({ data: { a: text } })));
write("more.json", specOf(apiWith({ data: { a: text, b: text, c: text } })));
write("broken.json", { openapi: "2.0" });

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(
    process.execPath,
    [path.resolve("dist/cli.js"), "diff", ...args],
    { cwd: folder, encoding: "utf8" },
  );
}

describe("kompliant-codegen diff", () => {
  it("prints changes with both positions, and exits with 0", () => {
    const { status, stdout, stderr } = run("old.json", "new.json");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Test 1 → Test 1

      breaking property-removed ThingSetData
        property \`b\` was removed
        → Code that reads \`b\` does not compile.
        operations (response): thing.set
        old old.json:36:25
        new new.json:30:21

      1 breaking, 0 additive, 0 documentation only.
      Breaking changes within one version go against the API's own version policy.
      Suggested for the version of your client: major, because calls that worked may fail.
      "
    `);
  });

  it("prints one JSON document", () => {
    const { stdout } = run("old.json", "new.json", "--format", "json");
    const result = JSON.parse(stdout) as SpecDiff;
    expect(result.counts).toEqual({
      breaking: 1,
      additive: 0,
      documentation: 0,
    });
    expect(result.changes[0]).toMatchObject({
      id: "property-removed",
      before: { file: "old.json", line: 36, column: 25 },
      after: { file: "new.json" },
    });
  });

  it("prints Markdown for a pull request", () => {
    const { stdout } = run("old.json", "new.json", "--format", "markdown");
    expect(stdout).toMatchInlineSnapshot(`
      "## \`Test 1\` → \`Test 1\`

      1 breaking, 0 additive, 0 documentation only.

      **Breaking changes within one version go against the API's own version policy.**

      **Suggested for the version of your client: major, because calls that worked may fail.**

      ### Breaking (1)

      - **\`ThingSetData\`**: property \`b\` was removed (property-removed)
        - Code that reads \`b\` does not compile.
        - Reaches \`thing.set\`.
        - \`old.json:36:25\` → \`new.json:30:21\`
      "
    `);
  });

  it.each([
    ["new.json", "breaking", 1],
    ["new.json", "any", 1],
    ["new.json", "none", 0],
    ["more.json", "breaking", 0],
    ["more.json", "any", 1],
    ["old.json", "any", 0],
  ])(
    "compared with %s and --fail-on %s exits with %i",
    (file, level, status) => {
      expect(run("old.json", file, "--fail-on", level).status).toBe(status);
    },
  );

  it("says when nothing changed", () => {
    expect(run("old.json", "old.json").stdout).toContain("Nothing changed.");
  });

  it("refuses what it cannot read with exit code 2 and a diagnostic", () => {
    const missing = run("old.json", "missing.json");
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain("missing.json");
    const broken = run("broken.json", "old.json", "--format", "json");
    expect(broken.status).toBe(2);
    expect(JSON.parse(broken.stdout)).toHaveProperty("diagnostics");
    expect(run("old.json").status).toBe(2);
    expect(run("old.json", "new.json", "--format", "xml").status).toBe(2);
  });
});
