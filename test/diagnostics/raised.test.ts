import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { inspectOutput } from "../../generator/emit/inspect-output.js";

// The code whose section in docs/diagnostics.md shows no input.

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
