import path from "node:path";
import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

async function problemsOf(
  text: string,
  other = "",
): Promise<readonly Diagnostic[]> {
  const folder = temporaryFolder({
    "openapi.json": text,
    "other.json": other,
  });
  try {
    return (await loadSpec(path.join(folder, "openapi.json"))).warnings;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

const rest = `"info": { "title": "a // b /* c */", "version": "1" },
  "paths": {}
}`;

it.each([
  [
    "in front of the document",
    `// A comment\n{ "openapi": "3.1.0", ${rest}`,
    1,
    1,
  ],
  ["behind a field", `{\n  "openapi": "3.1.0", // A comment\n  ${rest}`, 2, 23],
  [
    "between lines",
    `{\n  /* A\n comment */\n  "openapi": "3.1.0", ${rest}`,
    2,
    3,
  ],
  ["at the end", `{ "openapi": "3.1.0",\n  ${rest} // A comment`, 4, 3],
] as const)("a comment %s is named", async (_, text, line, column) => {
  expect(await problemsOf(text)).toMatchObject([
    {
      code: "spec-syntax",
      message: "JSON has no comments",
      location: { line, column },
    },
  ]);
});

it("a comment in a document that is referred to is named there", async () => {
  const text = `{ "openapi": "3.1.0", "info": { "title": "A", "version": "1" }, "paths": { "/a": { "$ref": "other.json" } } }`;
  const [problem, ...others] = await problemsOf(text, "{\n// A comment\n}");
  expect(problem).toMatchObject({
    code: "spec-syntax",
    message: "JSON has no comments",
    location: { line: 2 },
  });
  expect(problem?.location?.file).toMatch(/other\.json$/);
  expect(others).toEqual([]);
});

it.each([
  ["JSON without comments", `{ "openapi": "3.1.0", ${rest}`],
  [
    "commas at the end",
    `{ "openapi": "3.1.0", "paths": {}, "info": { "title": "A", "version": "1", }, }`,
  ],
  ["YAML in braces", `{ openapi: 3.1.0, # A // comment\n ${rest}`],
])("%s are read", async (_, text) => {
  expect(await problemsOf(text)).toEqual([]);
});
