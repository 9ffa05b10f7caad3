import type { Direction } from "../change.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Finding, Rule } from "../rule.js";
import { describeTypes, isWithin } from "../type-set.js";

/** A value has another type. */
export const typeChanged: Rule<SchemaPair> = {
  id: "type-changed",
  check: ({ before, after, direction }) => {
    const old = before.view.types;
    const current = after.view.types;
    const isWider = isWithin(old, current);
    const isNarrower = isWithin(current, old);
    if (isWider && isNarrower) return [];
    return [
      {
        ...meaningOf(direction, isWider, isNarrower),
        message: `${prefixOf(after.node)}type ${describeTypes(old)} became ${describeTypes(current)}`,
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};

function meaningOf(
  direction: Direction,
  isWider: boolean,
  isNarrower: boolean,
): Pick<Finding, "level" | "consequence"> {
  if (direction === "request") {
    return isWider
      ? {
          level: "additive",
          consequence: "Requests may hold more than before.",
        }
      : {
          level: "breaking",
          consequence:
            "Requests that were accepted are refused; code that passes the old type does not compile.",
        };
  }
  return isNarrower
    ? {
        level: "additive",
        consequence: "Responses hold less than code had to expect.",
      }
    : {
        level: "breaking",
        consequence:
          "Code that reads the value must be ready for the new type; it may not compile.",
      };
}
