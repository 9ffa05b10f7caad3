import path from "node:path";
import { describe, expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

type Files = Readonly<Record<string, object>>;

async function problemsOf(files: Files): Promise<readonly Diagnostic[]> {
  const folder = temporaryFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    ),
  );
  try {
    const { warnings } = await loadSpec(path.join(folder, "openapi.json"));
    return warnings;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

function withItem(item: object): object {
  return {
    openapi: "3.1.0",
    info: { title: "Loops", version: "1" },
    paths: { "/a": item },
  };
}

const reference = (target: string): object => ({ $ref: target });

const operation = (members: object): object => ({
  get: { responses: { "200": { description: "Found." } }, ...members },
});

const answer = (members: object): object =>
  operation({ responses: { "200": { description: "Found.", ...members } } });

const schema = (target: string): object =>
  answer({ content: { "application/json": { schema: reference(target) } } });

/** Places at which a description may refer to something elsewhere. */
const places: readonly (readonly [string, (target: string) => object])[] = [
  ["a schema", schema],
  ["a path item", reference],
  [
    "a response",
    (target) => operation({ responses: { "200": reference(target) } }),
  ],
  ["a parameter", (target) => operation({ parameters: [reference(target)] })],
  [
    "a list of parameters",
    (target) => operation({ parameters: reference(target) }),
  ],
  ["a body", (target) => operation({ requestBody: reference(target) })],
  ["a header", (target) => answer({ headers: { "x-a": reference(target) } })],
  [
    "an example",
    (target) =>
      answer({
        content: { "application/json": { examples: { a: reference(target) } } },
      }),
  ],
];

const loops: readonly (readonly [string, string, Files])[] = [
  [
    "two files",
    "one.json",
    {
      "one.json": reference("./two.json"),
      "two.json": reference("./one.json"),
    },
  ],
  [
    "a file that names itself",
    "one.json",
    { "one.json": reference("one.json") },
  ],
  [
    "members of a file that names itself",
    "one.json#/A",
    {
      "one.json": {
        A: reference("./one.json#/B"),
        B: reference("one.json#/A"),
      },
    },
  ],
  [
    "a pointer through a reference",
    "one.json#/A",
    {
      "one.json": { A: reference("two.json#/B/c") },
      "two.json": { B: reference("one.json#/A") },
    },
  ],
];

describe.each(places)("%s in a loop", (_, itemAt) => {
  it.each(loops)("through %s is one problem", async (_what, target, files) => {
    const problems = await problemsOf({
      "openapi.json": withItem(itemAt(target)),
      ...files,
    });
    expect(problems).toMatchObject([{ code: "spec-ref-loop" }]);
    expect(problems[0]?.location?.file).toMatch(/(?:one|two)\.json$/);
    expect(problems[0]?.location?.line).toBe(1);
  });
});

it("a loop through the description and a file is one problem", async () => {
  expect(
    await problemsOf({
      "openapi.json": withItem(reference("./item.json")),
      "item.json": reference("openapi.json#/paths/~1a"),
    }),
  ).toMatchObject([{ code: "spec-ref-loop" }]);
});

it("two loops are two problems", async () => {
  const problems = await problemsOf({
    "openapi.json": {
      ...withItem(operation({})),
      components: {
        schemas: {
          A: reference("#/components/schemas/B"),
          B: reference("#/components/schemas/A"),
          C: reference("#/components/schemas/C"),
          D: reference("#/components/schemas/A"),
        },
      },
    },
  });
  expect(problems.map(({ code }) => code)).toEqual([
    "spec-ref-loop",
    "spec-ref-loop",
  ]);
});

it("schemas that hold each other, in several files, are no loop", async () => {
  const holder = (target: string): object => ({
    type: "object",
    properties: { next: reference(target), whole: reference("#") },
  });
  expect(
    await problemsOf({
      "openapi.json": withItem(schema("one.json")),
      "one.json": holder("./two.json"),
      "two.json": holder("one.json#/properties/next"),
    }),
  ).toEqual([]);
});
