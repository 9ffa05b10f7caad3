import type { OutputModel } from "../../model/api-model.js";
import type { OperationPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** What an operation answers with stands at another place, or may be missing. */
export const operationAnswerChanged: Rule<OperationPair> = {
  id: "operation-answer-changed",
  check: ({ before, after }) => {
    if (!before || !after) return [];
    const old = before.output;
    const current = after.output;
    if (formOf(old) === formOf(current)) return [];
    const isSafe = old.place === current.place && !current.mayBeEmpty;
    const { item, itemError } = after.identifiers;
    return [
      {
        level: isSafe ? "additive" : "breaking",
        message: `the answer, ${formOf(old)}, became ${formOf(current)}`,
        consequence: isSafe
          ? "A check for undefined is not needed any more."
          : `Code that reads \`${after.identifiers.data}\` may not compile.`,
        before: old.origin,
        after: current.origin,
        removedExports: [before.identifiers.item, before.identifiers.itemError]
          .filter((name) => name !== undefined)
          .filter((name) => name !== item && name !== itemError),
      },
    ];
  },
};

function formOf({ place, mayBeEmpty }: OutputModel): string {
  const form = {
    data: "`data` of the envelope",
    results: "one result for each item of the request",
    body: "the whole body",
    events: "a stream of events with JSON",
    textEvents: "a stream of events with text",
    lines: "a stream of lines of JSON",
    bytes: "a stream of bytes",
  }[place];
  return mayBeEmpty ? `${form} or nothing` : form;
}
