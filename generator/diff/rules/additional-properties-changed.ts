import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Rule } from "../rule.js";

/** An object is closed to properties that it does not list, or no longer is. */
export const additionalPropertiesChanged: Rule<SchemaPair> = {
  id: "additional-properties-changed",
  check: ({ before, after, direction }) => {
    const wasClosed = before.view.additional?.schema === false;
    const isClosed = after.view.additional?.schema === false;
    if (wasClosed === isClosed) return [];
    const isRefused = direction === "request" && isClosed;
    return [
      {
        level: isRefused ? "breaking" : "additive",
        message: `${prefixOf(after.node)}properties beyond the listed ones are ${isClosed ? "refused now" : "allowed now"}`,
        consequence: isRefused
          ? "Requests with other properties are refused."
          : "Only the listed properties are typed; code that uses them does not change.",
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};
