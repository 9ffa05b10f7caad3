import { limitChanges } from "../limits.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A validation rule was added or made stricter. */
export const validationTightened: Rule<SchemaPair> = {
  id: "validation-tightened",
  check: (pair) =>
    limitChanges(pair)
      .filter(({ isTighter }) => isTighter)
      .map(({ keyword, before, after }) => ({
        level: pair.direction === "request" ? "breaking" : "additive",
        message: `${prefixOf(pair.after.node)}${keyword} ${before === undefined ? "(none)" : quote(before)} became ${quote(after)}`,
        consequence:
          pair.direction === "request"
            ? "Requests that were accepted may be refused; the compiler does not see it."
            : "Responses keep to a narrower rule than before.",
        before: pair.before.node.origin,
        after: pair.after.node.origin,
      })),
};
