import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { at, diagnosticAt, entriesOf, follow } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { errorVariants, listVariants, namesError } from "./error-variants.js";
import { batchItemErrors } from "./operation-output.js";
import { operationNodes } from "./operations.js";

/**
 * A warning for every alternative of an error response, or of the errors of a batch's
 * items, that names no code, beside others that do: such an error has no type.
 */
export function openErrors(document: SpecDocument): readonly Diagnostic[] {
  const nodes = operationNodes(document).map(({ node }) => node);
  const responses = nodes
    .flatMap((node) => entriesOf(at(node, "responses")))
    .filter(([status]) => !/^[23]/.test(status))
    .map(([, reference]) => follow(document, reference));
  const distinct = new Map(responses.map((each) => [each.value, each]));
  const lists = [
    ...[...distinct.values()].map((each) => errorVariants(document, each)),
    ...nodes.map((node) =>
      listVariants(document, batchItemErrors(document, node)),
    ),
  ];
  const found = new Map<unknown, SpecNode>();
  for (const list of lists) {
    const variants = list.map(({ node }) => node);
    const open = variants.filter((node) => !namesError(document, node));
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
