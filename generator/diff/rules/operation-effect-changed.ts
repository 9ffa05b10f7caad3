import type { OperationPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** An operation that only read now writes, or the other way round. */
export const operationEffectChanged: Rule<OperationPair> = {
  id: "operation-effect-changed",
  check: ({ before, after }) =>
    !before || !after || before.effect === after.effect
      ? []
      : [
          {
            level: "additive",
            message: `effect ${quote(before.effect)} became ${quote(after.effect)}`,
            consequence:
              after.effect === "write"
                ? "The client no longer repeats the call by itself when its outcome is unknown."
                : "The client may repeat the call by itself when its outcome is unknown.",
            before: before.origin,
            after: after.origin,
          },
        ],
};
