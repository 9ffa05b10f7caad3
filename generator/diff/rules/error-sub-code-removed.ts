import { goneError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** The last error with a sub-code is gone. */
export const errorSubCodeRemoved: Rule<ErrorPair> = {
  id: "error-sub-code-removed",
  check: (pair) => goneError(pair, "sub_code"),
};
