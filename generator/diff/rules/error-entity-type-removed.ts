import { goneError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** The last error with an entity type is gone. */
export const errorEntityTypeRemoved: Rule<ErrorPair> = {
  id: "error-entity-type-removed",
  check: (pair) => goneError(pair, "entity_type"),
};
