import { canonical } from "../../model/canonical.js";
import type { Schema } from "../../model/api-model.js";
import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Rule } from "../rule.js";

/** A schema says the same with other keywords. For pairs in which no other rule finds anything. */
export const notationChanged: Rule<SchemaPair> = {
  id: "notation-changed",
  check: ({ before, after }) =>
    notationOf(before.node.schema) === notationOf(after.node.schema)
      ? []
      : [
          {
            level: "documentation",
            message: `${prefixOf(after.node)}described in another way`,
            consequence:
              "The type is written differently and holds the same values.",
            before: before.node.origin,
            after: after.node.origin,
          },
        ],
};

/** Which names it refers to is for other rules. */
function notationOf(schema: Schema): string {
  return canonical(schema).replace(/"\$ref":"[^"]*"/g, '"$ref"');
}
