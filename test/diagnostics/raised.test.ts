import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, expect, it, vi } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { inspectOutput } from "../../generator/emit/inspect-output.js";
import { withRunLock } from "../../generator/write/run-lock.js";

// The codes whose section in docs/diagnostics.md shows no input.

afterEach(() => {
  vi.restoreAllMocks();
});

async function codesOf(action: () => unknown): Promise<readonly string[]> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ code }) => code);
  }
  return [];
}

it("output-unsafe: emitted text is not what the generator emits", async () => {
  const files = [{ path: "a.ts", text: "steal();" }];
  expect(
    await codesOf(() => {
      inspectOutput(files, { isKnown: () => true, mayDeclare: () => true });
    }),
  ).toEqual(["output-unsafe"]);
});

it("output-busy: another process is writing to the folder", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "busy-"));
  writeFileSync(
    path.join(folder, ".kompliant-codegen.pid"),
    String(process.pid),
  );
  // Half a minute passes between one look and the next.
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => (now += 60_000));
  expect(
    await codesOf(() => withRunLock(folder, () => Promise.resolve())),
  ).toEqual(["output-busy"]);
  rmSync(folder, { recursive: true });
});
