import { operationExports } from "../exported-names.js";
import type { OperationPair } from "../pairs.js";
import { quote, quoteAll } from "../quote.js";
import type { Rule } from "../rule.js";

/** An operation has another name; the two are recognised as one by method and path. */
export const operationRenamed: Rule<OperationPair> = {
  id: "operation-renamed",
  check: ({ before, after }) => {
    if (!before || !after || before.name === after.name) return [];
    const kept = new Set(operationExports(after));
    const removedExports = operationExports(before).filter(
      (name) => !kept.has(name),
    );
    return [
      {
        level: "breaking",
        message: `operation ${quote(before.name)} became ${quote(after.name)}`,
        consequence: `Calls must use the new name; these exports are gone: ${quoteAll(removedExports)}.`,
        before: before.origin,
        after: after.origin,
        removedExports,
      },
    ];
  },
};
