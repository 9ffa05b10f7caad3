import { newError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** There is an error with a new code. */
export const errorCodeAdded: Rule<ErrorPair> = {
  id: "error-code-added",
  check: (pair) => newError(pair, "code"),
};
