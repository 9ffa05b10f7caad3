import { isDeepStrictEqual } from "node:util";
import type { Documented, DocumentedPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** What an operation, event or error says to people changed. */
export const documentationChanged: Rule<DocumentedPair> = {
  id: "documentation-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    const changed = [
      ...(["summary", "description", "url"] as const).filter(
        (part) => before.documentation[part] !== after.documentation[part],
      ),
      ...(isDeepStrictEqual(
        meaningsOf(before, after),
        meaningsOf(after, before),
      )
        ? []
        : ["meaning for single operations"]),
    ];
    if (changed.length === 0) return [];
    return [
      {
        level: "documentation",
        message: `${changed.join(", ")} changed`,
        consequence: "Nothing changes for code; read it again.",
        before: before.origin,
        after: after.origin,
      },
    ];
  },
};

/** What is said about operations that the other side knows too: further or fewer operations are no change of text. */
function meaningsOf(
  { meanings = {} }: Documented,
  other: Documented,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(meanings).filter(([name]) =>
      other.operations?.includes(name),
    ),
  );
}
