import type { PropertyPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A parameter or response field is gone. */
export const propertyRemoved: Rule<PropertyPair> = {
  id: "property-removed",
  check: ({ name, before, after, owner, direction }) =>
    !before || after
      ? []
      : [
          {
            level: "breaking",
            message: `${prefixOf(owner.before)}property ${quote(name)} was removed`,
            consequence:
              direction === "request"
                ? `Calls that pass ${quote(name)} do not compile; it has no effect any more.`
                : `Code that reads ${quote(name)} does not compile.`,
            before: before.node.origin,
            after: owner.after.origin,
          },
        ],
};
