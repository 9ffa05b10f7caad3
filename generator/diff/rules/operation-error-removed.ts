import { operationsThatRead } from "../error-findings.js";
import { describeError, matchedName } from "../error-novelty.js";
import type { ErrorPair } from "../pairs.js";
import { errorTypesOf, originIn } from "../place.js";
import type { Rule } from "../rule.js";

/** Operations no longer document an error that others still do. */
export const operationErrorRemoved: Rule<ErrorPair> = {
  id: "operation-error-removed",
  check: ({ before, after, api }) => {
    if (!before || !after) return [];
    const known = new Set(after.operations.map(({ name }) => name));
    const existing = new Set(api.after.operations.map(({ name }) => name));
    const removed = operationsThatRead(before).filter(
      ({ name }) => existing.has(name) && !known.has(name),
    );
    if (removed.length === 0) return [];
    return [
      {
        level: "breaking",
        message: `operations no longer document ${describeError(before.entry)}`,
        consequence: `A match over ${errorTypesOf(removed)} must drop ${matchedName(before.entry)}.`,
        before: originIn(api.before, removed),
        after: originIn(api.after, removed),
        operations: removed.map(({ name }) => name),
      },
    ];
  },
};
