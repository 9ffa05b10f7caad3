import type { OperationModel } from "../model/api-model.js";
import type { ErrorNovelty } from "./error-novelty.js";
import { describeError, matchedName, noveltyOf } from "./error-novelty.js";
import { errorTypesOf } from "./place.js";
import type { ErrorPair, ErrorSide } from "./pairs.js";
import { quote, quoteAll } from "./quote.js";
import type { Finding } from "./rule.js";

const parts: Readonly<Record<ErrorNovelty, string>> = {
  code: "error code",
  entity_type: "entity type",
  sub_code: "sub-code",
};

/** The operations that do not list an error in place of rows that could not be read. */
export function operationsThatRead({
  entry,
  operations,
}: ErrorSide): readonly OperationModel[] {
  return operations.filter(
    ({ unreadCodes }) => !unreadCodes.includes(entry.code),
  );
}

/** An error that no operation documented before, because of the given part of it. */
export function newError(
  { before, after, api }: ErrorPair,
  novelty: ErrorNovelty,
): readonly Finding[] {
  if (before || !after) return [];
  const { entry } = after;
  if (noveltyOf(entry, api.before.errors) !== novelty) return [];
  const strict = operationsThatRead(after);
  const onlyStandsIn = strict.length === 0 && after.operations.length > 0;
  return [
    {
      level: "additive",
      bump: onlyStandsIn ? "minor" : "major",
      message: `new ${parts[novelty]}: ${describeError(entry)}`,
      consequence: onlyStandsIn
        ? `It stands in for rows that could not be read: matches handle it by ${quote(entry.code)} and still compile.`
        : `A match over ${errorTypesOf(strict)} must add ${matchedName(entry)}; deployed code receives it as \`undocumented\`.`,
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
