import type { ErrorEntry } from "../model/api-model.js";
import type { SchemaTypes } from "./schema-types.js";

/** The run-time's form of a set of errors; see its `DocumentedErrors`. */
export type ErrorTable = Readonly<
  Record<string, true | "any" | Readonly<Record<string, readonly string[]>>>
>;

/** @param entries - entries of the catalogue, in its order */
export function errorTable(
  entries: readonly ErrorEntry[],
  types: SchemaTypes,
): ErrorTable {
  // Maps, because the API may call its errors like members of every object.
  const table = new Map<string, true | "any" | Map<string, string[]>>();
  for (const { code, entityType, subCode, schema } of entries) {
    const known = table.get(code);
    if (entityType === undefined || subCode === undefined) {
      const isOpen = known !== undefined || types.describes(schema, "sub_code");
      table.set(code, isOpen ? "any" : true);
    } else if (known === undefined || known instanceof Map) {
      const ofCode = known ?? new Map<string, string[]>();
      ofCode.set(entityType, [...(ofCode.get(entityType) ?? []), subCode]);
      table.set(code, ofCode);
    } else {
      table.set(code, "any");
    }
  }
  return Object.fromEntries(
    [...table].map(([code, entry]) => [
      code,
      entry instanceof Map ? Object.fromEntries(entry) : entry,
    ]),
  );
}
