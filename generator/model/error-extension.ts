import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  at,
  diagnosticAt,
  entriesOf,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import type { SpecNode } from "../load/spec-document.js";
import type { ListedError } from "./listed-error.js";

const extension = "x-kompliant-errors";

const textKeys = ["code", "entity_type", "sub_code", "description"];

/**
 * The errors that an operation lists under `x-kompliant-errors`.
 *
 * @throws {DiagnosticError} when the list is not of the documented form
 */
export function extensionErrors(operation: SpecNode): readonly ListedError[] {
  const list = at(operation, extension);
  if (list.value === undefined) return [];
  const problems = Array.isArray(list.value)
    ? itemsOf(list).flatMap(problemsOf)
    : [diagnosticAt(list, "spec-errors", `${extension} must be a list`)];
  if (problems.length > 0) throw new DiagnosticError(problems);
  const url = textAt(at(operation, "externalDocs"), "url");
  return itemsOf(list).map((node) => ({
    code: textAt(node, "code") ?? "",
    entityType: textAt(node, "entity_type"),
    subCode: textAt(node, "sub_code"),
    status: statusOf(node),
    meaning: textAt(node, "description"),
    url,
    node,
    provenance: "extension",
  }));
}

function statusOf(node: SpecNode): string | undefined {
  const { value } = at(node, "status");
  return typeof value === "number" ? value.toFixed() : textAt(node, "status");
}

function problemsOf(node: SpecNode): readonly Diagnostic[] {
  if (!isObject(node.value)) {
    return [diagnosticAt(node, "spec-errors", "an error must be a map")];
  }
  if (!textAt(node, "code")) {
    return [diagnosticAt(node, "spec-errors", 'an error must have a "code"')];
  }
  const isHalf =
    (textAt(node, "entity_type") === undefined) !==
    (textAt(node, "sub_code") === undefined);
  const members = entriesOf(node).flatMap(([key, member]) => {
    const problem = memberProblem(key, member.value);
    return problem === undefined
      ? []
      : [diagnosticAt(member, "spec-errors", problem, { onKey: true })];
  });
  return isHalf
    ? [
        ...members,
        diagnosticAt(
          node,
          "spec-errors",
          "a violation has both an entity_type and a sub_code",
        ),
      ]
    : members;
}

function memberProblem(key: string, value: unknown): string | undefined {
  if (textKeys.includes(key)) {
    return typeof value === "string" ? undefined : `${key} must be a text`;
  }
  if (key !== "status") {
    return `${JSON.stringify(key)} has no meaning here; there are ${[...textKeys, "status"].join(", ")}`;
  }
  return /^[1-5]\d\d$/.test(String(value))
    ? undefined
    : "status must be an HTTP status";
}
