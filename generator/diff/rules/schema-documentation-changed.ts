import { canonical } from "../../model/canonical.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Rule } from "../rule.js";

/** What a type or property says to people changed. */
export const schemaDocumentationChanged: Rule<SchemaPair> = {
  id: "schema-documentation-changed",
  check: ({ before, after }) =>
    canonical(before.view.texts) === canonical(after.view.texts)
      ? []
      : [
          {
            level: "documentation",
            message: `${prefixOf(after.node)}description changed`,
            consequence: "Nothing changes for code; read it again.",
            before: before.node.origin,
            after: after.node.origin,
          },
        ],
};
