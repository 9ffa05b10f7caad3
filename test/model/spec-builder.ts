import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadSpec } from "../../generator/load/load-spec.js";
import { buildModel } from "../../generator/model/build-model.js";
import type { ApiModel } from "../../generator/model/api-model.js";

type Json = Readonly<Record<string, unknown>>;

/** A description with the given operations and components. */
export interface SpecParts {
  /** Operations by name; each is a `POST /name` with what is given here on top of the least. */
  readonly operations: Readonly<Record<string, Json>>;
  readonly components?: Json;
  readonly more?: Json;
}

/** What tells the API's envelope of a success from other bodies. */
export const successMeta: Json = {
  type: "object",
  properties: { status: { type: "string", enum: ["SUCCESS"] } },
};

/** The least that makes an operation: an empty success. */
const success: Json = {
  "200": jsonResponse({
    type: "object",
    properties: { meta: successMeta, data: { type: "object" } },
  }),
};

/** A JSON response with a schema. */
export function jsonResponse(schema: Json): Json {
  return { description: "", content: { "application/json": { schema } } };
}

/** An error response whose errors are one of the given schemas. */
export function errorResponse(...variants: readonly Json[]): Json {
  return jsonResponse({
    type: "object",
    properties: { errors: { type: "array", items: { oneOf: variants } } },
  });
}

/** The schema of an error: a code, or a violation. */
export function errorSchema(
  code: string,
  entityType?: string,
  subCode?: string,
): Json {
  return {
    type: "object",
    required: ["code", "message"],
    properties: {
      code: { const: code },
      ...(entityType !== undefined && { entity_type: { const: entityType } }),
      ...(subCode !== undefined && { sub_code: { const: subCode } }),
      message: { type: "string" },
    },
  };
}

/** A whole OpenAPI document. */
export function specOf(parts: SpecParts): Json {
  const paths = Object.entries(parts.operations).map(([name, operation]) => [
    `/${name}`,
    {
      post: {
        operationId: name,
        ...operation,
        responses: { ...success, ...(operation["responses"] as Json) },
      },
    },
  ]);
  return {
    openapi: "3.1.0",
    info: { title: "Test", version: "1" },
    paths: Object.fromEntries(paths) as Json,
    components: parts.components ?? {},
    ...parts.more,
  };
}

/** The model of a description given as parts. */
export async function modelOf(
  parts: SpecParts,
  reserved: readonly string[] = [],
): Promise<ApiModel> {
  const file = path.join(
    mkdtempSync(path.join(tmpdir(), "spec-")),
    "spec.json",
  );
  writeFileSync(file, JSON.stringify(specOf(parts)));
  return modelOfFile(file, reserved);
}

/** The model of a description on disk. */
export async function modelOfFile(
  file: string,
  reserved: readonly string[] = [],
): Promise<ApiModel> {
  return buildModel(await loadSpec(file), reserved);
}
