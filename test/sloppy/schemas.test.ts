import { describe, expect, it } from "vitest";
import { compileErrors } from "../hostile/compile.js";
import { cases30, cases31 } from "./schema-cases.js";
import type { SchemaCase } from "./schema-case.js";
import { generateSloppy } from "./generate-sloppy.js";

const itself = { $ref: "#/components/schemas/Subject" };
const noCase = { name: "", accepts: [], refuses: [] };

/** A document in which an operation answers with the schema. */
function documentOf(
  openapi: string,
  { schema, others = {} }: SchemaCase,
): object {
  const body = { $ref: "#/components/schemas/Subject" };
  return {
    openapi,
    info: { title: "Sloppy", version: "1" },
    paths: {
      "/subject": {
        get: {
          operationId: "subject.get",
          responses: {
            200: {
              description: "",
              content: { "application/json": { schema: body } },
            },
          },
        },
      },
    },
    components: { schemas: { Subject: schema, ...others } },
  };
}

/** The expected values as code that compiles only when they are right. */
function usageOf({ accepts, refuses }: SchemaCase): string {
  return [
    'import type { SubjectGetData } from "./index.js";',
    ...accepts.map(
      (value, index) => `export const yes${index}: SubjectGetData = ${value};`,
    ),
    ...refuses.flatMap((value, index) => [
      "// @ts-expect-error",
      `export const no${index}: SubjectGetData = ${value};`,
    ]),
  ].join("\n");
}

describe.for([
  { version: "3.1.0", cases: cases31 },
  { version: "3.0.3", cases: cases30 },
])("schemas of OpenAPI $version", ({ version, cases }) => {
  it("get the types that they mean, and warnings where they are wrong", async () => {
    const clients = [];
    const warned: Record<string, readonly string[]> = {};
    for (const each of cases) {
      const document = documentOf(version, each);
      const { files, warnings } = await generateSloppy(document);
      clients.push([...files, { path: "usage.ts", text: usageOf(each) }]);
      warned[each.name] = warnings;
    }
    const errors = compileErrors(clients).map((error) =>
      error.replace(
        /^\/client\/(\d+)/,
        (_, index: string) => cases[Number(index)]?.name ?? "",
      ),
    );
    expect(errors).toEqual([]);
    expect(warned).toEqual(
      Object.fromEntries(
        cases.map(({ name, warnings = [] }) => [name, warnings]),
      ),
    );
  });
});

describe("types", () => {
  it.each([
    ["an enum", { enum: ["a", "b", "a", 1, 1] }, '"a" | "b" | 1'],
    ["oneOf", { oneOf: [itself, itself] }, "Subject"],
  ])("list nothing twice: %s", async (_what, schema, type) => {
    const subject = { properties: { a: schema } };
    const document = documentOf("3.0.3", { ...noCase, schema: subject });
    const { files } = await generateSloppy(document);
    const { text = "" } = files.find(({ path }) => path === "schemas.ts") ?? {};
    expect(text.replaceAll(/\s+/g, " ")).toContain(`a?: ${type};`);
  });
});
