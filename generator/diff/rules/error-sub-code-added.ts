import { newError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** There is an error with a new sub-code. */
export const errorSubCodeAdded: Rule<ErrorPair> = {
  id: "error-sub-code-added",
  check: (pair) => newError(pair, "sub_code"),
};
