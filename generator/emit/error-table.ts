import type { ErrorEntry } from "../model/api-model.js";

/** The run-time's form of a set of errors: `true` for a code on its own, or sub-codes by entity type. */
export type ErrorTable = Readonly<
  Record<string, true | Readonly<Record<string, readonly string[]>>>
>;

/** @param entries - entries of the catalogue, in its order */
export function errorTable(entries: readonly ErrorEntry[]): ErrorTable {
  // Maps, because the API may call its errors like members of every object.
  const table = new Map<string, true | Map<string, string[]>>();
  for (const { code, entityType, subCode } of entries) {
    const known = table.get(code);
    if (entityType === undefined || subCode === undefined || known === true) {
      table.set(code, true);
      continue;
    }
    const ofCode = known ?? new Map<string, string[]>();
    ofCode.set(entityType, [...(ofCode.get(entityType) ?? []), subCode]);
    table.set(code, ofCode);
  }
  return Object.fromEntries(
    [...table].map(([code, entry]) => [
      code,
      entry === true ? entry : Object.fromEntries(entry),
    ]),
  );
}
