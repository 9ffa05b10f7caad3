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
  return digest(value, new Map()) as Value;
}

/** Hashes of texts: descriptions say the same again and again. */
type Hashes = Map<string, string>;

function digest(value: unknown, hashes: Hashes): unknown {
  if (Array.isArray(value)) return value.map((each) => digest(each, hashes));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: readonly [string, unknown]) => [
      key,
      textKeywords.has(key)
        ? digestText(member, hashes)
        : digest(member, hashes),
    ]),
  );
}

/** A text alone, or texts by what they are about; a property that is called like a keyword is neither. */
function digestText(value: unknown, hashes: Hashes): unknown {
  if (typeof value === "string") return shortHash(value, hashes);
  if (typeof value !== "object" || value === null) return value;
  const members: readonly (readonly [string, unknown])[] =
    Object.entries(value);
  return members.every(([, member]) => typeof member === "string")
    ? Object.fromEntries(
        members.map(([key, member]) => [key, digestText(member, hashes)]),
      )
    : digest(value, hashes);
}

function shortHash(text: string, hashes: Hashes): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(text).digest("base64url");
  const short = hash.slice(0, 10);
  hashes.set(text, short);
  return short;
}
