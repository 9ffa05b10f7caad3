import { operationExports } from "../exported-names.js";
import type { OperationPair } from "../pairs.js";
import { quote, quoteAll } from "../quote.js";
import type { Rule } from "../rule.js";

/** An operation is gone. */
export const operationRemoved: Rule<OperationPair> = {
  id: "operation-removed",
  check: ({ before, after }) => {
    if (!before || after) return [];
    const removedExports = operationExports(before);
    return [
      {
        level: "breaking",
        message: `operation ${quote(before.name)} was removed`,
        consequence: `Calls of it do not compile; these exports are gone: ${quoteAll(removedExports)}.`,
        before: before.origin,
        after: undefined,
        removedExports,
      },
    ];
  },
};
