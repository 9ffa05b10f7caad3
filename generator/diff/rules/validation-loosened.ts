import { limitChanges } from "../limits.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A validation rule was removed or made less strict. */
export const validationLoosened: Rule<SchemaPair> = {
  id: "validation-loosened",
  check: (pair) =>
    limitChanges(pair)
      .filter(({ isTighter }) => !isTighter)
      .map(({ keyword, before, after }) => ({
        level: "additive",
        message: `${prefixOf(pair.after.node)}${keyword} ${quote(before)} became ${after === undefined ? "(none)" : quote(after)}`,
        consequence:
          pair.direction === "request"
            ? "Requests may hold more than before."
            : "Responses may hold values that did not occur before; look at code that relies on the limit.",
        before: pair.before.node.origin,
        after: pair.after.node.origin,
      })),
};
