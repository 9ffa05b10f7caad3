import type { ErrorCatalogue, ErrorEntry } from "../model/api-model.js";
import { quote } from "./quote.js";

/** The part of an error's identity that nothing else in a catalogue has. */
export type ErrorNovelty = "code" | "entity_type" | "sub_code";

/** Which part of an error another catalogue does not know; undefined when it knows the error. */
export function noveltyOf(
  entry: ErrorEntry,
  { entries }: ErrorCatalogue,
): ErrorNovelty | undefined {
  if (entries.some(({ key }) => key === entry.key)) return undefined;
  const sameCode = entries.filter(({ code }) => code === entry.code);
  if (sameCode.length === 0 || entry.subCode === undefined) return "code";
  return sameCode.some(({ entityType }) => entityType === entry.entityType)
    ? "sub_code"
    : "entity_type";
}

/** An error by its code, entity type and sub-code. */
export function describeError(entry: ErrorEntry): string {
  const { code, entityType, subCode } = entry;
  return subCode === undefined
    ? quote(code)
    : `${quote(code)} / ${quote(entityType)} / ${quote(subCode)}`;
}

/** What a match names an error by. */
export function matchedName({ code, subCode }: ErrorEntry): string {
  return quote(subCode ?? code);
}
