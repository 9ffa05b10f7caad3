import type { ErrorEntry } from "../model/api-model.js";
import type { SchemaTypes } from "./schema-types.js";

/**
 * The errors that an operation or a group documents, in the form of the run-time's
 * `Operation`.
 *
 * @param entries - entries of the catalogue, in its order
 */
export function documentedKeys(
  entries: readonly ErrorEntry[],
  types: SchemaTypes,
): readonly string[] {
  return entries.map(({ key, subCode, schema }) =>
    subCode === undefined && types.describes(schema, "sub_code")
      ? `${key}/*`
      : key,
  );
}
