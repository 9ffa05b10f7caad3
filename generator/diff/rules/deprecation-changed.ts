import type { DocumentedPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** An operation, event or error was deprecated, or is so no longer. */
export const deprecationChanged: Rule<DocumentedPair> = {
  id: "deprecation-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    const { deprecated } = after.documentation;
    if (before.documentation.deprecated === deprecated) return [];
    return [
      {
        level: "additive",
        message: deprecated
          ? "it is deprecated now"
          : "it is not deprecated any more",
        consequence: deprecated
          ? "Editors strike it through and linters report its use; plan to do without it."
          : "Editors and linters no longer warn of its use.",
        before: before.origin,
        after: after.origin,
      },
    ];
  },
};
