import { isDeepStrictEqual } from "node:util";
import type { ErrorPair } from "../pairs.js";
import { quoteAll } from "../quote.js";
import { describeError } from "../error-novelty.js";
import type { Rule } from "../rule.js";

/** An error is documented under other HTTP statuses. */
export const errorStatusChanged: Rule<ErrorPair> = {
  id: "error-status-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    const old = before.entry.statuses;
    const current = after.entry.statuses;
    if (isDeepStrictEqual(old, current)) return [];
    return [
      {
        level: "additive",
        message: `${describeError(after.entry)}: HTTP status ${nameOf(old)} became ${nameOf(current)}`,
        consequence:
          "Matches over the code do not change; look at code that compares HTTP statuses.",
        before: before.entry.origin,
        after: after.entry.origin,
      },
    ];
  },
};

function nameOf(statuses: readonly string[]): string {
  return statuses.length === 0 ? "(none)" : quoteAll(statuses);
}
