import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceFile } from "../../generator/emit/source-file.js";
import { breakOuts, longText } from "./break-outs.js";
import { compileErrors } from "./compile.js";
import { generateInMemory } from "./generate-in-memory.js";
import { slots, specWith } from "./spec-slots.js";
import type { Slot } from "./spec-slots.js";

const plainNames = /^[A-Za-z][\w/.-]*\.ts$/;

function expectTame(files: readonly SourceFile[]): void {
  for (const { path } of files) {
    expect(path).toMatch(plainNames);
    expect(path.split("/")).not.toContain("..");
  }
  const paths = files.map(({ path }) => path.toLowerCase());
  expect(new Set(paths).size).toBe(paths.length);
}

describe("hostile text", () => {
  const outputs = new Map<string, readonly SourceFile[]>();

  it.each(Object.entries(breakOuts))(
    "stays text in every place: %s",
    async (name, text) => {
      const accepted: Partial<Record<Slot, string>> = {};
      for (const slot of slots) {
        const outcome = await generateInMemory(specWith({ [slot]: text }));
        if ("files" in outcome) {
          expectTame(outcome.files);
          accepted[slot] = text;
        }
      }
      expect(Object.keys(accepted).length).toBeGreaterThan(slots.length / 2);
      const outcome = await generateInMemory(specWith(accepted));
      if ("files" in outcome) outputs.set(name, outcome.files);
    },
  );

  it("compiles where it was accepted", () => {
    expect(outputs.size).toBeGreaterThan(30);
    expect(compileErrors([...outputs.values()])).toEqual([]);
  });

  it("comes out of a text of a megabyte in every place", async () => {
    for (const slot of slots) {
      const outcome = await generateInMemory(specWith({ [slot]: longText() }));
      if ("files" in outcome) expectTame(outcome.files);
    }
  });

  it("comes out of any text in any places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(...slots),
          fc.string({ unit: "binary", maxLength: 40 }),
          {
            minKeys: 1,
            maxKeys: 6,
            noNullPrototype: true,
          },
        ),
        async (texts) => {
          const outcome = await generateInMemory(specWith(texts));
          if ("files" in outcome) expectTame(outcome.files);
        },
      ),
      { numRuns: 150 },
    );
  });
});
