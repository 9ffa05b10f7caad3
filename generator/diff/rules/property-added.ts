import type { PropertyPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** There is a new parameter or response field. */
export const propertyAdded: Rule<PropertyPair> = {
  id: "property-added",
  check: ({ name, before, after, owner, direction }) => {
    if (before || !after) return [];
    const isDemanded = direction === "request" && after.isRequired;
    return [
      {
        level: isDemanded ? "breaking" : "additive",
        message: `${prefixOf(owner.after)}${after.isRequired ? "required" : "optional"} property ${quote(name)} is new`,
        consequence: isDemanded
          ? `Calls without ${quote(name)} are refused and do not compile.`
          : direction === "request"
            ? `${quote(name)} can be sent.`
            : `${quote(name)} can be read.`,
        before: owner.before.origin,
        after: after.node.origin,
      },
    ];
  },
};
