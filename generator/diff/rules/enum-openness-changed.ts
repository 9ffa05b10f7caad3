import type { ChangeLevel, Direction } from "../change.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Rule } from "../rule.js";
import type { ValueList } from "../schema-view.js";

type Openness = "closed list" | "open list" | "no list";

/** Whether a value comes from a list, and whether that list may grow, changed. */
export const enumOpennessChanged: Rule<SchemaPair> = {
  id: "enum-openness-changed",
  check: ({ before, after, direction }) => {
    const old = opennessOf(before.view.values);
    const current = opennessOf(after.view.values);
    if (old === current) return [];
    return [
      {
        level: levelOf(direction, old, current),
        bump: "major",
        message: `${prefixOf(after.node)}${old} of values became ${current}`,
        consequence:
          direction === "request"
            ? "What the type accepts changed; calls may not compile."
            : "A match over the value has to cover other cases than before.",
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};

function opennessOf(values: ValueList | undefined): Openness {
  if (!values) return "no list";
  return values.isOpen ? "open list" : "closed list";
}

/** To close a list is a new rule for what is sent; to give one up makes another type of what is received. */
function levelOf(
  direction: Direction,
  before: Openness,
  after: Openness,
): ChangeLevel {
  if (direction === "request") {
    return after === "closed list" ? "breaking" : "additive";
  }
  return before === "closed list" && after === "no list"
    ? "breaking"
    : "additive";
}
