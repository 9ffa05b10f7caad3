import { describeNode, prefixOf } from "../place.js";
import type { AlternativePair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** A value has a form less. */
export const alternativeRemoved: Rule<AlternativePair> = {
  id: "alternative-removed",
  check: ({ before, after, owner, direction }) =>
    !before || after
      ? []
      : [
          {
            level: direction === "request" ? "breaking" : "additive",
            message: `${prefixOf(owner.after)}cannot be ${describeNode(before)} any more`,
            consequence:
              direction === "request"
                ? "Requests with that form are refused; code that passes it does not compile."
                : "That form does not arrive any more; code that handles it may not compile.",
            bump: "major",
            before: before.origin,
            after: owner.after.origin,
          },
        ],
};
