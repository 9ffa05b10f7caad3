import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Rule } from "../rule.js";

/** A type or property was deprecated, or is so no longer. */
export const schemaDeprecationChanged: Rule<SchemaPair> = {
  id: "schema-deprecation-changed",
  check: ({ before, after }) => {
    const { isDeprecated } = after.view;
    if (before.view.isDeprecated === isDeprecated) return [];
    return [
      {
        level: "additive",
        message: `${prefixOf(after.node)}${isDeprecated ? "deprecated now" : "not deprecated any more"}`,
        consequence: isDeprecated
          ? "Editors strike it through and linters report its use; plan to do without it."
          : "Editors and linters no longer warn of its use.",
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};
