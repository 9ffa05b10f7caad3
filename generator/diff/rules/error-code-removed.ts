import { goneError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** The last error with a code is gone. */
export const errorCodeRemoved: Rule<ErrorPair> = {
  id: "error-code-removed",
  check: (pair) => goneError(pair, "code"),
};
