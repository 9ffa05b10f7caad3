import type { SchemaPair } from "../pairs.js";
import { prefixOf } from "../place.js";
import type { Finding, Rule } from "../rule.js";
import type { SchemaNode } from "../schema-view.js";

/** What an object says of properties that it does not list changed. */
export const additionalPropertiesChanged: Rule<SchemaPair> = {
  id: "additional-properties-changed",
  check: ({ before, after, direction }) => {
    const old = openness(before.view.additional);
    const current = openness(after.view.additional);
    if (old === current) return [];
    const isRefused = direction === "request" && current === "refused";
    const meaning: Pick<Finding, "level" | "bump" | "consequence"> = isRefused
      ? {
          level: "breaking",
          consequence: "Requests with other properties are refused.",
        }
      : old === "typed"
        ? {
            level: "additive",
            bump: "major",
            consequence:
              "Code that reads or passes a property that is not listed does not compile.",
          }
        : {
            level: "additive",
            consequence:
              current === "typed"
                ? "Properties that are not listed can be read and passed."
                : "Only the listed properties are typed; code that uses them does not change.",
          };
    return [
      {
        ...meaning,
        message: `${prefixOf(after.node)}properties beyond the listed ones are ${current} now`,
        before: before.node.origin,
        after: after.node.origin,
      },
    ];
  },
};

/** Whether properties that are not listed are refused, allowed without a word, or have a type. */
function openness(
  additional: SchemaNode | undefined,
): "refused" | "allowed" | "typed" {
  if (additional === undefined) return "allowed";
  return additional.schema === false ? "refused" : "typed";
}
