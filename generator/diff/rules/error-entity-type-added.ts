import { newError } from "../error-findings.js";
import type { ErrorPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** There is an error with a new entity type. */
export const errorEntityTypeAdded: Rule<ErrorPair> = {
  id: "error-entity-type-added",
  check: (pair) => newError(pair, "entity_type"),
};
