import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { errorResponse, errorSchema, modelOf } from "./spec-builder.js";

type Json = Readonly<Record<string, unknown>>;

function names(count: number, prefix: string): Json {
  const values = Array.from(
    { length: count },
    (_, index) => `${prefix}${index}`,
  );
  return { type: "string", enum: values };
}

/** An error whose names combine to that many errors. */
function combined(codes: number, entityTypes: number, subCodes: number): Json {
  return {
    type: "object",
    properties: {
      code: names(codes, "CODE_"),
      entity_type: names(entityTypes, "Entity"),
      sub_code: names(subCodes, "SUB_"),
    },
  };
}

async function problemsOf(operations: Json): Promise<readonly Diagnostic[]> {
  try {
    await modelOf({ operations: operations as Readonly<Record<string, Json>> });
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  return [];
}

it("reads the errors that enums combine to, up to a limit", async () => {
  const { errors } = await modelOf({
    operations: {
      a: { responses: { "400": errorResponse(combined(5, 4, 3)) } },
    },
  });
  expect(errors.entries).toHaveLength(60);
});

it.each([
  ["three enums of 25", combined(25, 25, 25)],
  ["three enums of 2,000", combined(2000, 2000, 2000)],
  ["one enum of 10,001 codes", combined(10_001, 0, 0)],
])("refuses %s once, at the schema", async (_, schema) => {
  const responses = { "400": errorResponse(schema, errorSchema("OTHER")) };
  const problems = await problemsOf({ a: { responses }, b: { responses } });
  expect(problems).toMatchObject([
    { code: "spec-too-big", location: { line: 1 } },
  ]);
  expect(problems[0]?.location?.column).toBeGreaterThan(1);
  expect(problems[0]?.message).toContain("the limit is 10000");
});

it("refuses schemas that have too many errors together", async () => {
  const operations = Object.fromEntries(
    Array.from({ length: 3 }, (_, index) => [
      `operation${index}`,
      {
        responses: {
          "400": errorResponse({
            type: "object",
            properties: {
              code: { const: `CODE_${index}` },
              entity_type: names(90, "Entity"),
              sub_code: names(90, "SUB_"),
            },
          }),
        },
      },
    ]),
  );
  const problems = await problemsOf(operations);
  expect(problems.map(({ code }) => code)).toEqual(["spec-too-big"]);
});

it("refuses operations that repeat too many errors", async () => {
  const responses = { "400": errorResponse(combined(10, 10, 10)) };
  const operations = Object.fromEntries(
    Array.from({ length: 201 }, (_, index) => [`o${index}`, { responses }]),
  );
  const problems = await problemsOf(operations);
  expect(problems.map(({ code }) => code)).toEqual(["spec-too-big"]);
});
