import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  at,
  diagnosticAt,
  entriesOf,
  follow,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type {
  ApiModel,
  OperationIdentifiers,
  OperationModel,
} from "./api-model.js";
import { documentationOf } from "./documentation.js";
import { openErrorCollector } from "./error-collector.js";
import { extensionErrors } from "./error-extension.js";
import type { ErrorCollector, OperationErrors } from "./error-collector.js";
import { noErrorTables } from "./listed-error.js";
import type { ErrorTables } from "./listed-error.js";
import { openNameScope, typeName, valueName } from "./identifier.js";
import type { NameScope } from "./identifier.js";
import { jsonContent } from "./media-type.js";
import { originOf } from "./origin.js";
import { propertyOf } from "./property.js";
import { openSchemaCollector } from "./schema-collector.js";
import type { SchemaCollector } from "./schema-collector.js";
import { collectWebhooks } from "./webhooks.js";

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

/** An operation before anything has a name. */
interface OperationDraft extends Pick<
  OperationModel,
  | "name"
  | "documentation"
  | "origin"
  | "method"
  | "urlPath"
  | "effect"
  | "input"
  | "inputOrigin"
  | "isBatch"
  | "data"
  | "dataOrigin"
> {
  readonly errors: OperationErrors;
}

/**
 * Turns a description into the generator's model.
 *
 * @param document - a validated description
 * @param reservedNames - identifiers that the client itself exports
 * @param errorTables - errors that stand in the operations' Markdown only
 * @throws {DiagnosticError} with everything in the description that cannot be generated
 */
export function buildModel(
  document: SpecDocument,
  reservedNames: Iterable<string>,
  errorTables: ErrorTables = noErrorTables,
): ApiModel {
  const schemas = openSchemaCollector(document);
  const errors = openErrorCollector(document, schemas);
  const drafts = draftOperations(document, schemas, errors, errorTables);
  const webhooks = collectWebhooks(document, schemas);
  const scope = openNameScope(reservedNames);
  const named = drafts.map((draft) => ({
    draft,
    identifiers: nameOperation(draft, scope),
  }));
  const { catalogue, groupNames } = errors.finish(scope);
  const namedSchemas = schemas.finish(scope);
  const { root } = document;
  return {
    title: textAt(at(root, "info"), "title") ?? "",
    version: textAt(at(root, "info"), "version") ?? "",
    serverUrl: itemsOf(at(root, "servers"))
      .map((server) => textAt(server, "url"))
      .find((url) => url !== undefined),
    operations: named.map(({ draft, identifiers }) => ({
      ...draft,
      identifiers,
      path: draft.name.split("."),
      errors: draft.errors.entries,
      errorGroups: draft.errors.groups
        .map((place) => groupNames.get(place) ?? "")
        .sort(),
    })),
    webhooks,
    schemas: namedSchemas,
    errors: catalogue,
  };
}

function draftOperations(
  document: SpecDocument,
  schemas: SchemaCollector,
  errors: ErrorCollector,
  errorTables: ErrorTables,
): readonly OperationDraft[] {
  const problems: Diagnostic[] = [];
  const drafts: OperationDraft[] = [];
  for (const { node, method, urlPath } of operationNodes(document)) {
    const success = successBody(document, node);
    const problem = unsupported(document, node);
    if (problem || !success) {
      problems.push(problem ?? noData(node));
      continue;
    }
    const name = textAt(node, "operationId") ?? "";
    const input = inputNode(document, node);
    drafts.push({
      name,
      documentation: documentationOf(node),
      origin: originOf(document, node),
      method: method.toUpperCase(),
      urlPath,
      effect: textAt(node, "x-kompliant-effect") === "read" ? "read" : "write",
      input: input && schemas.collect(input),
      inputOrigin: input && originOf(document, input),
      isBatch: success.itemErrors !== undefined,
      data: schemas.collect(success.data),
      dataOrigin: originOf(document, success.data),
      errors: errors.collect(name, at(node, "responses"), success.itemErrors, [
        ...extensionErrors(node),
        ...(errorTables.byOperation.get(name) ?? []),
      ]),
    });
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return drafts.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** An operation of the description. */
export interface OperationNode {
  readonly node: SpecNode;
  readonly method: string;
  readonly urlPath: string;
}

/** Every operation of the description, in its order. */
export function operationNodes(
  document: SpecDocument,
): readonly OperationNode[] {
  return entriesOf(at(document.root, "paths")).flatMap(
    ([urlPath, reference]) => {
      const item = follow(document, reference);
      return httpMethods
        .map((method) => ({ method, urlPath, node: at(item, method) }))
        .filter(({ node }) => isObject(node.value));
    },
  );
}

/** What keeps an operation from being generated, if anything does. */
function unsupported(
  document: SpecDocument,
  node: SpecNode,
): Diagnostic | undefined {
  const name = textAt(node, "operationId");
  if (name === undefined) {
    return diagnosticAt(
      node,
      "spec-operation",
      "the operation has no operationId",
      true,
    );
  }
  if (!/^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*$/.test(name)) {
    return diagnosticAt(
      at(node, "operationId"),
      "spec-operation",
      `operationId ${JSON.stringify(name)} is no dotted method name`,
    );
  }
  const parameters = at(node, "parameters");
  if (itemsOf(parameters).length > 0) {
    return diagnosticAt(
      parameters,
      "spec-operation",
      `${name} takes parameters outside its body`,
    );
  }
  const body = at(node, "requestBody");
  if (body.value !== undefined && !inputNode(document, node)) {
    return diagnosticAt(
      body,
      "spec-operation",
      `${name} has a request body that is not JSON`,
    );
  }
  return undefined;
}

function noData(node: SpecNode): Diagnostic {
  return diagnosticAt(
    at(node, "responses"),
    "spec-operation",
    `${textAt(node, "operationId") ?? ""} has no response 200 with a JSON object that has "data" or "results"`,
    true,
  );
}

function inputNode(
  document: SpecDocument,
  node: SpecNode,
): SpecNode | undefined {
  const content = jsonContent(follow(document, at(node, "requestBody")));
  return content && at(content, "schema");
}

/** What a successful answer holds. */
interface SuccessBody {
  /** The schema of `data`; in a batch, that of an item. */
  readonly data: SpecNode;
  /** In a batch, the schema of the list of an item's errors. */
  readonly itemErrors: SpecNode | undefined;
}

function successBody(
  document: SpecDocument,
  node: SpecNode,
): SuccessBody | undefined {
  const response = follow(document, at(node, "responses", "200"));
  const content = jsonContent(response);
  if (!content) return undefined;
  const envelope = at(content, "schema");
  const data = propertyOf(document, envelope, "data");
  if (data) return { data, itemErrors: undefined };
  const results = propertyOf(document, envelope, "results");
  return results && batchBody(document, at(follow(document, results), "items"));
}

/** An item of a batch is described as the alternatives of one with `data` and one with `errors`. */
function batchBody(
  document: SpecDocument,
  item: SpecNode,
): SuccessBody | undefined {
  const alternatives = itemsOf(at(follow(document, item), "oneOf"));
  const find = (name: string): SpecNode | undefined =>
    alternatives
      .map((alternative) => propertyOf(document, alternative, name))
      .find((property) => property !== undefined);
  const data = find("data");
  const itemErrors = find("errors");
  return data && itemErrors && { data, itemErrors };
}

function nameOperation(
  { name, isBatch }: OperationDraft,
  scope: NameScope,
): OperationIdentifiers {
  const base = typeName(name);
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
