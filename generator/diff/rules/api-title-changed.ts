import type { ApiPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The API has another title. */
export const apiTitleChanged: Rule<ApiPair> = {
  id: "api-title-changed",
  check: ({ before, after }) =>
    before.title === after.title
      ? []
      : [
          {
            level: "documentation",
            message: `title ${quote(before.title)} became ${quote(after.title)}`,
            consequence: "Nothing changes for code.",
            before: undefined,
            after: undefined,
          },
        ],
};
