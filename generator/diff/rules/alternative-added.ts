import { describeNode, placeOf, prefixOf } from "../place.js";
import type { AlternativePair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** A value may have a further form. */
export const alternativeAdded: Rule<AlternativePair> = {
  id: "alternative-added",
  check: ({ before, after, owner, direction }) =>
    before || !after
      ? []
      : [
          {
            level: direction === "request" ? "additive" : "breaking",
            message: `${prefixOf(owner.after)}may be ${describeNode(after)} now`,
            consequence:
              direction === "request"
                ? "The further form can be sent."
                : `A match over ${placeOf(owner.after)} must add the further form.`,
            before: owner.before.origin,
            after: after.origin,
          },
        ],
};
