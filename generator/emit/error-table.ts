import type { ErrorEntry } from "../model/api-model.js";

/** The run-time's form of a set of errors: `true` for a code on its own, or sub-codes by entity type. */
export type ErrorTable = Readonly<
  Record<string, true | Readonly<Record<string, readonly string[]>>>
>;

/** @param entries - entries of the catalogue, in its order */
export function errorTable(entries: readonly ErrorEntry[]): ErrorTable {
  const table: Record<string, true | Record<string, string[]>> = {};
  for (const { code, entityType, subCode } of entries) {
    if (entityType === undefined || subCode === undefined) {
      table[code] = true;
      continue;
    }
    const known = table[code];
    if (known === true) continue;
    const ofCode = known ?? {};
    (ofCode[entityType] ??= []).push(subCode);
    table[code] = ofCode;
  }
  return table;
}
