import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { at, diagnosticAt, entriesOf, follow } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { errorVariants, identitiesOf } from "./error-variants.js";
import { operationNodes } from "./operations.js";

/**
 * A warning for every alternative of an error response that names no code, beside
 * others that do: such an error has no type.
 */
export function openErrors(document: SpecDocument): readonly Diagnostic[] {
  const found = new Map<unknown, SpecNode>();
  const responses = operationNodes(document)
    .flatMap(({ node }) => entriesOf(at(node, "responses")))
    .filter(([status]) => !/^[23]/.test(status))
    .map(([, reference]) => follow(document, reference));
  const distinct = new Map(responses.map((each) => [each.value, each]));
  for (const response of distinct.values()) {
    const variants = errorVariants(document, response).map(({ node }) => node);
    const open = variants.filter(
      (node) => identitiesOf(document, node).length === 0,
    );
    if (open.length === variants.length) continue;
    for (const node of open) found.set(node.value, node);
  }
  return [...found.values()].map((node) =>
    diagnosticAt(
      node,
      "spec-error-open",
      "this alternative of the errors names no code",
    ),
  );
}
