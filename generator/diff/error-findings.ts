import type { ErrorNovelty } from "./error-novelty.js";
import { describeError, matchedName, noveltyOf } from "./error-novelty.js";
import { errorTypesOf } from "./place.js";
import type { ErrorPair } from "./pairs.js";
import { quoteAll } from "./quote.js";
import type { Finding } from "./rule.js";

const parts: Readonly<Record<ErrorNovelty, string>> = {
  code: "error code",
  entity_type: "entity type",
  sub_code: "sub-code",
};

/** An error that no operation documented before, because of the given part of it. */
export function newError(
  { before, after, api }: ErrorPair,
  novelty: ErrorNovelty,
): readonly Finding[] {
  if (before || !after) return [];
  const { entry, operations } = after;
  if (noveltyOf(entry, api.before.errors) !== novelty) return [];
  return [
    {
      level: "additive",
      bump: "major",
      message: `new ${parts[novelty]}: ${describeError(entry)}`,
      consequence: `A match over ${errorTypesOf(operations)} must add ${matchedName(entry)}; deployed code receives it as \`undocumented\`.`,
      before: undefined,
      after: entry.origin,
    },
  ];
}

/** An error that no operation documents any more, with the given part of it. */
export function goneError(
  { before, after, api }: ErrorPair,
  novelty: ErrorNovelty,
): readonly Finding[] {
  if (!before || after) return [];
  const { entry, operations } = before;
  if (noveltyOf(entry, api.after.errors) !== novelty) return [];
  const kept = new Set(api.after.errors.views.map(({ name }) => name));
  const removedExports = [
    entry.name,
    ...api.before.errors.views
      .filter(({ entries }) => entries.includes(entry.key))
      .map(({ name }) => name)
      .filter((name) => !kept.has(name)),
  ].sort();
  return [
    {
      level: "breaking",
      message: `${parts[novelty]} was removed: ${describeError(entry)}`,
      consequence: `A match over ${errorTypesOf(operations)} must drop ${matchedName(entry)}; these exports are gone: ${quoteAll(removedExports)}.`,
      before: entry.origin,
      after: undefined,
      removedExports,
    },
  ];
}
