import type { ChangeLevel, Direction } from "../change.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A value has another format, such as `date` in place of `date-time`. */
export const formatChanged: Rule<SchemaPair> = {
  id: "format-changed",
  check: ({ before, after, direction }) => {
    const old = before.view.format;
    const current = after.view.format;
    if (old === current) return [];
    return [
      {
        level: levelOf(direction, old, current),
        message: `${prefixOf(after.node)}format ${nameOf(old)} became ${nameOf(current)}`,
        consequence:
          direction === "request"
            ? "The type stays; make sure that what is sent has the format."
            : "The type stays; look at code that parses the value.",
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};

/** A format is a rule for what is sent, and part of the type of what is received. */
function levelOf(
  direction: Direction,
  before: unknown,
  after: unknown,
): ChangeLevel {
  if (before !== undefined && after !== undefined) return "breaking";
  const isStricter = before === undefined;
  return isStricter && direction === "request" ? "breaking" : "additive";
}

function nameOf(format: unknown): string {
  return format === undefined ? "(none)" : quote(format);
}
