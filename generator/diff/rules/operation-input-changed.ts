import type { OperationModel } from "../../model/api-model.js";
import { isByPlace } from "../input-node.js";
import type { OperationPair } from "../pairs.js";
import type { Finding, Rule } from "../rule.js";

/** Whether an operation takes parameters at all, or must be given some, changed. */
export const operationInputChanged: Rule<OperationPair> = {
  id: "operation-input-changed",
  check: ({ before, after }) => {
    if (!before || !after || needOf(before) === needOf(after)) return [];
    return [
      {
        ...meaningOf(before, after),
        message: `${needOf(before)} became ${needOf(after)}`,
        before: before.input?.origin ?? before.origin,
        after: after.input?.origin ?? after.origin,
        removedExports:
          before.input && !after.input ? [before.identifiers.input] : [],
      },
    ];
  },
};

function needOf({ input }: OperationModel): string {
  if (!input) return "no input";
  const need = input.isRequired ? "required input" : "optional input";
  return isByPlace(input) ? `${need} by place` : need;
}

function meaningOf(
  before: OperationModel,
  after: OperationModel,
): Pick<Finding, "level" | "bump" | "consequence"> {
  const name = `\`${after.identifiers.function}\``;
  if (!after.input) {
    return {
      level: "additive",
      bump: "major",
      consequence: `Calls of ${name} with input do not compile.`,
    };
  }
  if (before.input && isByPlace(before.input) !== isByPlace(after.input)) {
    return {
      level: "additive",
      bump: "major",
      consequence: `Calls of ${name} do not compile: its input has another form.`,
    };
  }
  return after.input.isRequired
    ? {
        level: "breaking",
        consequence: `Calls of ${name} without input are refused and do not compile.`,
      }
    : {
        level: "additive",
        consequence: before.input
          ? `${name} can be called without input.`
          : `${name} can be given input.`,
      };
}
