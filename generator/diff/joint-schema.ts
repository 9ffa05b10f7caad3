import type { Schema, SchemaObject } from "../model/api-model.js";

const schemaNumbers = new WeakMap<SchemaObject, number>();
const jointParts = new WeakMap<SchemaObject, readonly SchemaObject[]>();
const jointSchemas = new Map<string, SchemaObject>();
let schemaCount = 0;

/**
 * The `allOf` of two schemas that the description holds, or of such ones: the same each
 * time and never nested, so that schemas which contain themselves come to an end.
 */
export function jointSchema(
  left: SchemaObject,
  right: SchemaObject,
): SchemaObject {
  const parts = [
    ...new Set(
      [left, right].flatMap((schema) => jointParts.get(schema) ?? [schema]),
    ),
  ];
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const key = parts
    .map((part) => {
      const number = schemaNumbers.get(part) ?? (schemaCount += 1);
      schemaNumbers.set(part, number);
      return number;
    })
    .sort((first, second) => first - second)
    .join(" ");
  const known = jointSchemas.get(key);
  if (known) return known;
  const schema: SchemaObject = { allOf: parts };
  jointParts.set(schema, parts);
  jointSchemas.set(key, schema);
  return schema;
}

/** Whether a schema is a joint one, which no place of the description holds. */
export function isJoint(schema: Schema): boolean {
  return typeof schema !== "boolean" && jointParts.has(schema);
}
