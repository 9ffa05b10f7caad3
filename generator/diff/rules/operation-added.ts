import type { OperationPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The API has a new operation. */
export const operationAdded: Rule<OperationPair> = {
  id: "operation-added",
  check: ({ before, after }) =>
    before || !after
      ? []
      : [
          {
            level: "additive",
            message: `operation ${quote(after.name)} is new`,
            consequence: `Call it as ${quote(`${after.name}(client, input)`)}.`,
            before: undefined,
            after: after.origin,
          },
        ],
};
