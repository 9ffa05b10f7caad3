import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadSpec } from "../../generator/load/load-spec.js";
import { openErrors } from "../../generator/model/open-errors.js";
import {
  errorResponse,
  errorSchema,
  jsonResponse,
  specOf,
  successMeta,
} from "./spec-builder.js";

type Json = Readonly<Record<string, unknown>>;

const open = { properties: { code: { type: "string" } } };

async function warningsOf(responses: Json): Promise<readonly string[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "spec-")), "a.json");
  writeFileSync(
    file,
    JSON.stringify(specOf({ operations: { "a.b": { responses } } })),
  );
  return openErrors(await loadSpec(file)).map(({ code }) => code);
}

function batchOf(...errors: readonly Json[]): Json {
  const item = {
    oneOf: [
      { properties: { data: { type: "object" } } },
      { properties: { errors: { type: "array", items: { oneOf: errors } } } },
    ],
  };
  return jsonResponse({
    properties: { meta: successMeta, results: { type: "array", items: item } },
  });
}

describe("an error that names no code", () => {
  it("is warned of beside errors that do", async () => {
    const response = errorResponse(errorSchema("A"), open);
    expect(await warningsOf({ "400": response })).toEqual(["spec-error-open"]);
  });

  it("is warned of among the errors of a batch's items", async () => {
    const response = batchOf(errorSchema("A"), open);
    expect(await warningsOf({ "200": response })).toEqual(["spec-error-open"]);
    expect(await warningsOf({ "200": batchOf(errorSchema("A")) })).toEqual([]);
  });

  it("is not, when all errors are like that", async () => {
    expect(await warningsOf({ "400": errorResponse(open) })).toEqual([]);
    expect(await warningsOf({ "200": batchOf(open) })).toEqual([]);
  });
});
