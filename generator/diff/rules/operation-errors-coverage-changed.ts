import type { OperationModel } from "../../model/api-model.js";
import type { OperationPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Finding, Rule } from "../rule.js";

/** Which violations an operation documents can be read now, or no longer. */
export const operationErrorsCoverageChanged: Rule<OperationPair> = {
  id: "operation-errors-coverage-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    const type = quote(after.identifiers.error);
    const finding = (message: string, consequence: string): Finding => ({
      level: "additive",
      bump: "major",
      message,
      consequence,
      before: before.origin,
      after: after.origin,
    });
    return [
      ...codesOnlyIn(before, after).map((code) =>
        finding(
          `the rows of ${quote(code)} are documented now`,
          `A match over ${type} must handle each of them, and drop those that only stood in for them.`,
        ),
      ),
      ...codesOnlyIn(after, before).map((code) =>
        finding(
          `the rows of ${quote(code)} are no longer documented`,
          `A match over ${type} must handle ${quote(code)} by its code: with a function, or with \`_\` below it.`,
        ),
      ),
    ];
  },
};

function codesOnlyIn(
  { unreadCodes }: OperationModel,
  other: OperationModel,
): readonly string[] {
  return unreadCodes.filter((code) => !other.unreadCodes.includes(code));
}
