import type { ApiPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The description is of another version of the API. */
export const apiVersionChanged: Rule<ApiPair> = {
  id: "api-version-changed",
  check: ({ before, after }) =>
    before.version === after.version
      ? []
      : [
          {
            level: "additive",
            message: `version ${quote(before.version)} became ${quote(after.version)}`,
            consequence: `A client created without \`apiVersion\` sends \`X-API-Version: ${after.version.replace(/[^\w.+-]/g, "?")}\`.`,
            before: undefined,
            after: undefined,
          },
        ],
};
