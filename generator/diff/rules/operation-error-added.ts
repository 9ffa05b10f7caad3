import { operationsThatRead } from "../error-findings.js";
import { describeError, matchedName } from "../error-novelty.js";
import type { ErrorPair } from "../pairs.js";
import { errorTypesOf, originIn } from "../place.js";
import type { Rule } from "../rule.js";

/** Operations that were there before can answer with a known error that they did not document. */
export const operationErrorAdded: Rule<ErrorPair> = {
  id: "operation-error-added",
  check: ({ before, after, api }) => {
    if (!before || !after) return [];
    const known = new Set(before.operations.map(({ name }) => name));
    const existing = new Set(api.before.operations.map(({ name }) => name));
    const added = operationsThatRead(after).filter(
      ({ name }) => existing.has(name) && !known.has(name),
    );
    if (added.length === 0) return [];
    return [
      {
        level: "additive",
        bump: "major",
        message: `further operations document ${describeError(after.entry)}`,
        consequence: `A match over ${errorTypesOf(added)} must add ${matchedName(after.entry)}; deployed code receives it as \`undocumented\`.`,
        before: originIn(api.before, added),
        after: originIn(api.after, added),
        operations: added.map(({ name }) => name),
      },
    ];
  },
};
