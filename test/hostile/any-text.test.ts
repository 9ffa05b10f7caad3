import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longText } from "./break-outs.js";
import { expectTame, generateWith } from "./corpus.js";
import { sideEffectsOfImport } from "./import-client.js";
import { slots } from "./spec-slots.js";

describe("any text", () => {
  it("of a megabyte stays text in every place", async () => {
    for (const slot of slots) {
      const outcome = await generateWith({ [slot]: longText() });
      if ("files" in outcome) expectTame(outcome.files);
    }
  });

  it("stays text in any places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(...slots),
          fc.string({ unit: "binary", maxLength: 40 }),
          { minKeys: 1, maxKeys: 6, noNullPrototype: true },
        ),
        async (texts) => {
          const outcome = await generateWith(texts);
          if (!("files" in outcome)) return;
          expectTame(outcome.files);
          expect(await sideEffectsOfImport(outcome.files)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
