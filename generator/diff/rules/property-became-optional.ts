import type { PropertyPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A parameter may be left out, or a response field may be missing. */
export const propertyBecameOptional: Rule<PropertyPair> = {
  id: "property-became-optional",
  check: ({ name, before, after, owner, direction }) =>
    !before || !after || !before.isRequired || after.isRequired
      ? []
      : [
          {
            level: direction === "request" ? "additive" : "breaking",
            message: `${prefixOf(owner.after)}property ${quote(name)} is optional now`,
            consequence:
              direction === "request"
                ? `${quote(name)} can be left out.`
                : `${quote(name)} may be undefined; code that reads it may not compile.`,
            before: before.node.origin,
            after: after.node.origin,
          },
        ],
};
