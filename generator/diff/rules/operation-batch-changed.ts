import type { OperationPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** An operation answers item by item now, or no longer does. */
export const operationBatchChanged: Rule<OperationPair> = {
  id: "operation-batch-changed",
  check: ({ before, after }) =>
    !before || !after || before.isBatch === after.isBatch
      ? []
      : [
          {
            level: "breaking",
            message: after.isBatch
              ? "the answer holds one result for each item of the request now"
              : "the answer no longer holds one result for each item of the request",
            consequence: `Code that reads \`${after.identifiers.data}\` does not compile.`,
            before: before.origin,
            after: after.origin,
            removedExports: [
              before.identifiers.item,
              before.identifiers.itemError,
            ]
              .filter((name) => name !== undefined)
              .filter((name) => name !== after.identifiers.item)
              .filter((name) => name !== after.identifiers.itemError),
          },
        ],
};
