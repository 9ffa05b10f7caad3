import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../generated/runtime");

/** Everything that a call runs through; the rest is called by the caller or not at all. */
const partsOfACall = [
  "call.ts",
  "client.ts",
  "deadline.ts",
  "decode.ts",
  "errors.ts",
  "ksig1.ts",
  "operation.ts",
  "request.ts",
  "result.ts",
  "retry.ts",
  "transport.ts",
];

function linesOf(file: string): readonly string[] {
  return readFileSync(path.join(folder, file), "utf8").trimEnd().split("\n");
}

function isCode(line: string): boolean {
  return !/^\s*(?:$|\/\/|\/\*|\*)/.test(line);
}

function count(files: readonly string[], counts: (line: string) => boolean) {
  return files.flatMap(linesOf).filter(counts).length;
}

// With comments and blank lines: what a person reads. A change that makes them longer
// says so here.
describe("the run-time is small enough to read", () => {
  it("in one sitting: what a call runs through", () => {
    expect(count(partsOfACall, isCode)).toBeLessThan(948);
    expect(count(partsOfACall, () => true)).toBeLessThan(1342);
  });

  it("as a whole, with its documentation", () => {
    expect(count(readdirSync(folder), () => true)).toBeLessThan(1871);
  });
});
