import { createHash } from "node:crypto";

/** Keywords whose value is text for people. */
const textKeywords: ReadonlySet<string> = new Set([
  "summary",
  "description",
  "x-enum-descriptions",
  "meanings",
]);

/**
 * A model, or part of one, whose texts for people are replaced by short hashes: enough
 * to see that a text changed.
 */
export function digestTexts<Value>(value: Value): Value {
  return digest(value) as Value;
}

function digest(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(digest);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: readonly [string, unknown]) => [
      key,
      textKeywords.has(key) ? digestText(member) : digest(member),
    ]),
  );
}

/** A text alone, or texts by what they are about; a property that is called like a keyword is neither. */
function digestText(value: unknown): unknown {
  if (typeof value === "string") {
    return createHash("sha256").update(value).digest("base64url").slice(0, 10);
  }
  if (typeof value !== "object" || value === null) return value;
  const members: readonly unknown[] = Object.values(value);
  return members.every((member) => typeof member === "string")
    ? Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, digestText(member)]),
      )
    : digest(value);
}
