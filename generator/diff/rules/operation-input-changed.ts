import type { OperationPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** An operation without parameters got a body, or lost it. */
export const operationInputChanged: Rule<OperationPair> = {
  id: "operation-input-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    if ((before.input === undefined) === (after.input === undefined)) return [];
    const name = after.identifiers.function;
    return [
      {
        level: "additive",
        bump: "major",
        message:
          after.input === undefined
            ? "it takes no parameters any more"
            : "it takes parameters now",
        consequence:
          after.input === undefined
            ? `Calls of \`${name}\` with parameters do not compile.`
            : `Calls of \`${name}\` without a second argument do not compile.`,
        before: before.inputOrigin ?? before.origin,
        after: after.inputOrigin ?? after.origin,
        removedExports:
          after.input === undefined ? [before.identifiers.input] : [],
      },
    ];
  },
};
