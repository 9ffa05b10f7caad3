import type { PropertyPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A parameter must be given, or a response field is always there. */
export const propertyBecameRequired: Rule<PropertyPair> = {
  id: "property-became-required",
  check: ({ name, before, after, owner, direction }) =>
    !before || !after || before.isRequired || !after.isRequired
      ? []
      : [
          {
            level: direction === "request" ? "breaking" : "additive",
            message: `${prefixOf(owner.after)}property ${quote(name)} is required now`,
            consequence:
              direction === "request"
                ? `Calls without ${quote(name)} are refused and do not compile.`
                : `${quote(name)} is always there; a check for undefined is not needed any more.`,
            before: before.node.origin,
            after: after.node.origin,
          },
        ],
};
