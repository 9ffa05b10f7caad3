import type { ExportPair } from "../exported-names.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The client no longer exports a name, and nothing else in the comparison says so. */
export const exportedNameRemoved: Rule<ExportPair> = {
  id: "exported-name-removed",
  check: ({ before, after }) =>
    after === undefined && before !== undefined
      ? [
          {
            level: "additive",
            bump: "major",
            message: `the ${before.kind} ${quote(before.name)} is no longer exported`,
            consequence: `Code that imports ${quote(before.name)} does not compile; what travels to and from the API is the same.`,
            before: before.origin,
            after: undefined,
            removedExports: [before.name],
          },
        ]
      : [],
};
