import {
  at,
  entriesOf,
  follow,
  isObject,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { OperationIdentifiers, OperationModel } from "./api-model.js";
import { documentationOf } from "./documentation.js";
import type { ErrorCollector, OperationErrors } from "./error-collector.js";
import { extensionErrors } from "./error-extension.js";
import type { ErrorTables } from "./listed-error.js";
import { typeName, valueName } from "./identifier.js";
import type { NameScope } from "./identifier.js";
import { operationInput } from "./operation-input.js";
import { operationOutput } from "./operation-output.js";
import { placeOperations, unnamedOperation } from "./operation-path.js";
import { originOf } from "./origin.js";
import type { SchemaCollector } from "./schema-collector.js";

const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

/** Methods that RFC 9110, section 9.2.1, defines as safe. */
const safeMethods: ReadonlySet<string> = new Set([
  "get",
  "head",
  "options",
  "trace",
]);

/** An operation before anything has a name. */
export interface OperationDraft extends Omit<
  OperationModel,
  "identifiers" | "errors" | "errorGroups"
> {
  readonly errors: OperationErrors;
}

/** Every operation of a description, sorted by name. */
export function draftOperations(
  document: SpecDocument,
  schemas: SchemaCollector,
  errors: ErrorCollector,
  errorTables: ErrorTables,
): readonly OperationDraft[] {
  const nodes = operationNodes(document).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const paths = placeOperations(nodes);
  return nodes.map((found, index) => {
    const { name, node, item, method, urlPath } = found;
    const output = operationOutput(document, schemas, node);
    return {
      name,
      path: paths[index] ?? [name],
      documentation: documentationOf(node),
      origin: originOf(document, node),
      method: method.toUpperCase(),
      urlPath,
      effect: effectOf(node, method),
      input: operationInput(document, schemas, { node, item, urlPath }),
      output: output.model,
      errors: errors.collect(name, at(node, "responses"), output.itemErrors, [
        ...extensionErrors(node),
        ...(errorTables.byOperation.get(name) ?? []),
      ]),
    };
  });
}

/** An operation of a description. */
export interface OperationNode {
  readonly name: string;
  readonly tag: string | undefined;
  readonly node: SpecNode;
  /** The path item that it is part of. */
  readonly item: SpecNode;
  readonly method: string;
  readonly urlPath: string;
}

/** Every operation of a description, in its order. */
export function operationNodes(document: SpecDocument): OperationNode[] {
  return entriesOf(at(document.root, "paths")).flatMap(
    ([urlPath, reference]) => {
      const item = follow(document, reference);
      return httpMethods
        .map((method) => ({ method, node: at(item, method) }))
        .filter(({ node }) => isObject(node.value))
        .map(({ method, node }) => ({
          name:
            textAt(node, "operationId") ?? unnamedOperation(method, urlPath),
          tag: textAt(at(node, "tags"), "0"),
          node,
          item,
          method,
          urlPath,
        }));
    },
  );
}

/** What the description says, otherwise what HTTP says of the method. */
function effectOf(node: SpecNode, method: string): "read" | "write" {
  const stated = textAt(node, "x-kompliant-effect");
  if (stated === "read" || stated === "write") return stated;
  return safeMethods.has(method) ? "read" : "write";
}

/** Claims the exported identifier of every namespace at the top, by its wanted name. */
export function nameNamespaces(
  drafts: readonly OperationDraft[],
  scope: NameScope,
): ReadonlyMap<string, string> {
  const wanted = new Set(drafts.map(({ path: [top = ""] }) => top));
  return new Map([...wanted].sort().map((name) => [name, scope.claim(name)]));
}

/** A path below the exported identifier of its namespace. */
export function withNamespace(
  [top = "", ...rest]: readonly string[],
  namespaces: ReadonlyMap<string, string>,
): readonly string[] {
  return [namespaces.get(top) ?? top, ...rest];
}

/** Claims the exported identifiers of an operation. */
export function nameOperation(
  { name, output }: OperationDraft,
  scope: NameScope,
): OperationIdentifiers {
  const base = typeName(name);
  const isBatch = output.place === "results";
  return {
    function: scope.claim(valueName(base)),
    input: scope.claim(`${base}Input`),
    data: scope.claim(`${base}Data`),
    error: scope.claim(`${base}Error`),
    errorCode: scope.claim(`${base}ErrorCode`),
    item: isBatch ? scope.claim(`${base}Item`) : undefined,
    itemError: isBatch ? scope.claim(`${base}ItemError`) : undefined,
  };
}
