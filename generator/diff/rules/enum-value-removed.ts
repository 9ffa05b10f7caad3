import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quoteAll } from "../quote.js";
import type { Rule } from "../rule.js";

/** Values of an enumeration are gone. */
export const enumValueRemoved: Rule<SchemaPair> = {
  id: "enum-value-removed",
  check: ({ before, after, direction }) => {
    const old = before.view.values;
    const current = after.view.values;
    if (!old || !current) return [];
    const removed = old.values.filter(
      (value) => !current.values.includes(value),
    );
    if (removed.length === 0) return [];
    const values = quoteAll(removed);
    return [
      {
        level: "breaking",
        message: `${prefixOf(after.node)}value ${values} was removed`,
        consequence:
          direction === "request"
            ? `Requests with ${values} are refused; code that passes it does not compile.`
            : `${values} does not arrive any more; code that compares with it does not compile.`,
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};
