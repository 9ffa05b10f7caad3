import type { SchemaPair } from "../pairs.js";
import { placeOf, prefixOf } from "../place.js";
import { quoteAll } from "../quote.js";
import type { Rule } from "../rule.js";

/** An enumeration has new values. */
export const enumValueAdded: Rule<SchemaPair> = {
  id: "enum-value-added",
  check: ({ before, after, direction }) => {
    const old = before.view.values;
    const current = after.view.values;
    if (!old || !current) return [];
    const added = current.values.filter((value) => !old.values.includes(value));
    if (added.length === 0) return [];
    const values = quoteAll(added);
    const isMatched = direction === "response" && !old.isOpen;
    return [
      {
        level: "additive",
        ...(isMatched && { bump: "major" }),
        message: `${prefixOf(after.node)}new value ${values}`,
        consequence:
          direction === "request"
            ? `${values} can be sent.`
            : isMatched
              ? `A match over ${placeOf(after.node)} must add ${values}.`
              : `${values} arrived as \`Unrecognized\` so far; a match over ${placeOf(after.node)} that lists every known value must add it.`,
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};
