import type { SpecObject } from "../load/spec-document.js";
import type { SchemaObject } from "./api-model.js";
import type { Carrier } from "./carrier.js";

/** The schema of bytes, as OpenAPI 3.0 writes it and the model does. */
export const bytes: SchemaObject = { type: "string", format: "binary" };

/**
 * Whether a schema is that of bytes as they are: `format: binary`, or from OpenAPI 3.1 on
 * a media type that says so, unless an encoding makes a text of them.
 */
export function isBytes(schema: SpecObject): boolean {
  const { type = "string", format, contentMediaType, contentEncoding } = schema;
  const isUnencoded =
    contentMediaType === "application/octet-stream" &&
    contentEncoding === undefined;
  return (
    [type].flat().includes("string") && (format === "binary" || isUnencoded)
  );
}

/** Gives the model's schema of bytes the form that they have in what carries them: JSON has only texts. */
export function settleBytes(
  schema: Record<string, unknown>,
  carrier: Carrier,
): void {
  if (carrier !== "field") {
    delete schema["format"];
    schema["type"] ??= "string";
    return;
  }
  if ([schema["type"]].flat().includes("null")) schema["nullable"] = true;
  Object.assign(schema, bytes);
}
