import { compareModels } from "../../generator/diff/compare-models.js";
import type { Change, SpecDiff } from "../../generator/diff/change.js";
import { jsonResponse, modelOf, successMeta } from "../model/spec-builder.js";
import type { SpecParts } from "../model/spec-builder.js";

type Json = Readonly<Record<string, unknown>>;

/** Compares two descriptions given as parts. */
export async function diffOf(
  before: SpecParts,
  after: SpecParts,
): Promise<SpecDiff> {
  return compareModels(await modelOf(before), await modelOf(after));
}

/** The changes between two descriptions that a rule finds. */
export async function changesBy(
  rule: string,
  before: SpecParts,
  after: SpecParts,
): Promise<readonly Change[]> {
  const { changes } = await diffOf(before, after);
  return changes.filter(({ id }) => id === rule);
}

/** A description with one operation that takes and answers with the given properties. */
export function apiWith({
  input,
  required,
  data,
  dataRequired,
  operation,
  schemas,
}: {
  readonly input?: Json;
  readonly required?: readonly string[];
  readonly data?: Json;
  readonly dataRequired?: readonly string[];
  readonly operation?: Json;
  readonly schemas?: Json;
}): SpecParts {
  return {
    operations: {
      "thing.set": {
        ...(input && { requestBody: jsonBody(objectOf(input, required)) }),
        responses: {
          "200": jsonResponse(
            objectOf({
              meta: successMeta,
              data: objectOf(data ?? {}, dataRequired),
            }),
          ),
        },
        ...operation,
      },
    },
    ...(schemas && { components: { schemas } }),
  };
}

/** A JSON request body with a schema. */
export function jsonBody(schema: Json): Json {
  return { content: { "application/json": { schema } } };
}

/** The schema of an object. */
export function objectOf(properties: Json, required?: readonly string[]): Json {
  return { type: "object", properties, ...(required && { required }) };
}
