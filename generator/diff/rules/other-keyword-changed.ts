import { canonical } from "../../model/canonical.js";
import { pairMaps } from "../pairs.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** A keyword changed that no other rule knows; it counts as breaking, because it may be. */
export const otherKeywordChanged: Rule<SchemaPair> = {
  id: "other-keyword-changed",
  check: ({ before, after }) =>
    pairMaps(
      new Map(Object.entries(before.view.others)),
      new Map(Object.entries(after.view.others)),
    )
      .filter(([, pair]) => canonical(pair.before) !== canonical(pair.after))
      .map(([keyword]) => ({
        level: "breaking",
        message: `${prefixOf(after.node)}${quote(keyword)} changed`,
        consequence: "Compare the two descriptions at this place.",
        before: before.node.origin,
        after: after.node.origin,
      })),
};
