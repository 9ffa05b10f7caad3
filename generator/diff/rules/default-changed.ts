import { canonical } from "../../model/canonical.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** What counts when a value is left out changed. */
export const defaultChanged: Rule<SchemaPair> = {
  id: "default-changed",
  check: ({ before, after, direction }) => {
    const old = before.view.default;
    const current = after.view.default;
    if (canonical(old) === canonical(current)) return [];
    return [
      {
        level: "additive",
        message: `${prefixOf(after.node)}default ${nameOf(old)} became ${nameOf(current)}`,
        consequence:
          direction === "request"
            ? "Calls that leave it out do something else than before; pass the old value to keep it."
            : "Read the value as before.",
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};

function nameOf(value: unknown): string {
  return value === undefined ? "(none)" : quote(JSON.stringify(value));
}
