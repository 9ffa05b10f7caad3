import { beforeAll, describe, expect, it } from "vitest";
import type { SourceFile } from "../../generator/emit/source-file.js";
import { breakOuts } from "./break-outs.js";
import { compileErrors } from "./compile.js";
import { overlayWith } from "./further-slots.js";
import { generateInMemory } from "./generate-in-memory.js";
import type { Outcome } from "./generate-in-memory.js";
import { sideEffectsOfImport } from "./import-client.js";
import { shapeOf } from "./shape.js";
import { slots, specWith } from "./spec-slots.js";
import type { Slot } from "./spec-slots.js";

type Texts = Partial<Readonly<Record<Slot, string>>>;

/** Texts that nobody means harm with. A place may mean something different for each. */
const harmless = [
  "plain",
  "/{plain}",
  "{plain}",
  "Plain text",
  "/plain",
  "7",
  "a/b",
  "x-plain",
  "",
];

const plainPath = /^[A-Za-z][\w/.-]*\.ts$/;

export function generateWith(texts: Texts): Promise<Outcome> {
  return generateInMemory(specWith(texts), overlayWith(texts));
}

/** Files stay in the folder and apart from each other on every file system. */
export function expectTame(files: readonly SourceFile[]): void {
  for (const { path } of files) {
    expect(path).toMatch(plainPath);
    expect(path.split("/")).not.toContain("..");
    expect(path).not.toMatch(/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)\./i);
  }
  const paths = files.map(({ path }) => path.toLowerCase());
  expect(new Set(paths).size).toBe(paths.length);
}

/**
 * Every place with some of the break-outs, one document each.
 *
 * @param part - of `parts`, so that several processes share the work
 */
export function describeCorpus(part: number, parts: number): void {
  const own = Object.entries(breakOuts).filter(
    (_, index) => index % parts === part,
  );

  describe(`hostile text, part ${part + 1} of ${parts}`, () => {
    const shapes = new Map<Slot, ReadonlySet<string>>();
    /** What the description can be with something harmless in a place. */
    const shapesOf = async (slot: Slot): Promise<ReadonlySet<string>> => {
      const known = shapes.get(slot);
      if (known) return known;
      const seen = new Set<string>();
      for (const text of harmless) {
        const each = await generateWith({ [slot]: text });
        if ("files" in each) seen.add(shapeOf(each.files));
      }
      shapes.set(slot, seen);
      return seen;
    };
    const clients: (readonly SourceFile[])[] = [];
    let usual: readonly SourceFile[] = [];

    beforeAll(async () => {
      const outcome = await generateWith({});
      if ("files" in outcome) usual = outcome.files;
      expect(usual.length).toBeGreaterThan(20);
      expect(await sideEffectsOfImport(usual)).toEqual([]);
    }, 600_000);

    it.each(own)("stays text in every place: %s", async (_, text) => {
      const accepted: Partial<Record<Slot, string>> = {};
      for (const slot of slots) {
        const outcome = await generateWith({ [slot]: text });
        if (!("files" in outcome)) continue;
        const { files } = outcome;
        accepted[slot] = text;
        if (isSame(files, usual)) continue;
        expectTame(files);
        const shape = shapeOf(files);
        if (shape !== shapeOf(usual)) {
          expect([...(await shapesOf(slot))], slot).toContain(shape);
        }
        expect(await sideEffectsOfImport(files), slot).toEqual([]);
        clients.push(files);
      }
      expect(Object.keys(accepted).length).toBeGreaterThan(slots.length / 2);
      const all = await generateWith(accepted);
      if ("files" in all) clients.push(all.files);
    });

    it("compiles wherever it was accepted", () => {
      expect(clients.length).toBeGreaterThan(own.length * 10);
      const size = 150;
      for (let start = 0; start < clients.length; start += size) {
        const some = clients.slice(start, start + size);
        expect(compileErrors(some, usual)).toEqual([]);
      }
    });
  });
}

function isSame(
  left: readonly SourceFile[],
  right: readonly SourceFile[],
): boolean {
  return (
    left.length === right.length &&
    left.every(({ path, text }, index) => {
      const other = right[index];
      return other?.path === path && other.text === text;
    })
  );
}
