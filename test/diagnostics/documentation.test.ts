import { describe, expect, it } from "vitest";
import { catalogue } from "../../generator/diagnostics/catalogue.js";
import {
  examplesIn,
  pageFile,
  pageText,
  withOutputs,
} from "./documented-examples.js";

const page = pageText("diagnostics.md");

/** Codes that no input can cause at will; the tests that raise them are in raised.test.ts and, with a server, in test/cli/sources.test.ts. */
const withoutExample = [
  "output-unsafe",
  "spec-left-out",
  "spec-moved",
  "spec-pin",
  "unexpected",
];

describe("the documentation of diagnostics", () => {
  const examples = examplesIn(page);

  it("has a section for every code, in order, and no other", () => {
    expect(examples.map(({ title }) => title)).toEqual(
      Object.keys(catalogue).sort(),
    );
  });

  it("shows an input that raises the code", () => {
    const silent = examples.filter(({ title, command, output }) => {
      if (withoutExample.includes(title)) return false;
      if (command === undefined || !output) return true;
      const { severity } = catalogue[title as keyof typeof catalogue];
      const shown = page.slice(output.start, output.end);
      return !shown.includes(`${severity} ${title}: `);
    });
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  // Both are mended by `vitest -u`; read what has changed.
  it.for(["diagnostics.md", "frequent-mistakes.md"])(
    "shows in %s what the tool prints",
    async (name) => {
      const text = await withOutputs(pageText(name));
      await expect(text).toMatchFileSnapshot(pageFile(name));
    },
  );

  it("shows ten frequent mistakes", () => {
    const mistakes = examplesIn(pageText("frequent-mistakes.md"));
    expect(mistakes).toHaveLength(10);
    expect(mistakes.filter(({ command }) => command === undefined)).toEqual([]);
  });
});
